namespace TfgridCompose.Core.Looking.Conformance;

public enum CheckStatus
{
    Passed,
    Failed,
    NotRun,
}
