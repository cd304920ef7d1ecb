namespace TfgridCompose.Core.Conformance;

public enum CheckStatus
{
    Passed,
    Failed,
    NotRun,
}
