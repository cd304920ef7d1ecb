using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

internal static class DiagnosticText
{
    /// <summary><c>error TFC0203 at file:line:column: message</c>, with the remedy on a line of its own.</summary>
    public static string Of(Diagnostic diagnostic)
    {
        string kind = diagnostic.Severity == Severity.Error ? "error" : "warning";
        string place = diagnostic.Location is { } location ? $" at {location}" : "";
        return $"{kind} {diagnostic.Code}{place}: {diagnostic.Message}\n  -> {diagnostic.Remedy}";
    }
}
