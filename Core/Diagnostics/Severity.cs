namespace TfgridCompose.Core.Diagnostics;

public enum Severity
{
    Warning,
    Error,
}
