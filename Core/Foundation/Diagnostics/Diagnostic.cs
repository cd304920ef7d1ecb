namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>An expected problem. Message: what, where, the actual value. Remedy: a command or an edit.</summary>
public sealed record Diagnostic(
    string Code, Severity Severity, string Message, string Remedy, SourceLocation? Location = null)
{
    /// <summary>The machines that it is about, separated by spaces; null if it is about none.</summary>
    public string? Machine { get; init; }

    public static Diagnostic Error(string code, string message, string remedy, SourceLocation? location = null) =>
        new(code, Severity.Error, message, remedy, location);

    public static Diagnostic Warning(string code, string message, string remedy, SourceLocation? location = null) =>
        new(code, Severity.Warning, message, remedy, location);
}
