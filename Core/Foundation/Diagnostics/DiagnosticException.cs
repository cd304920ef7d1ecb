namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>Ends a verb with one or more expected problems; caught in one place, at the top.</summary>
public sealed class DiagnosticException(
    ExitCode exitCode, IReadOnlyList<Diagnostic> diagnostics, Exception? cause = null)
    : Exception(string.Join(Environment.NewLine, diagnostics.Select(diagnostic => diagnostic.Message)), cause)
{
    public DiagnosticException(
        ExitCode exitCode, string code, string message, string remedy, SourceLocation? location = null)
        : this(exitCode, [Diagnostic.Error(code, message, remedy, location)])
    {
    }

    /// <summary>The same problems, about these machines (names separated by spaces).</summary>
    public DiagnosticException On(string? machine) =>
        new(ExitCode, [.. Diagnostics.Select(diagnostic => diagnostic with { Machine = machine })], InnerException);

    public ExitCode ExitCode { get; } = exitCode;

    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
