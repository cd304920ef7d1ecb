namespace TfgridCompose.Core.Foundation.Diagnostics;

public enum Severity
{
    Warning,
    Error,
}
