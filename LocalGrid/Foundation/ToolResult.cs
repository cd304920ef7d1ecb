namespace TfgridCompose.LocalGrid.Foundation;

internal sealed record ToolResult(IReadOnlyList<string> Command, int ExitCode, string Output, string Errors)
{
    private const int ShownLines = 6;

    public string LastErrors => string.Join('\n', Errors.Trim().Split('\n').TakeLast(ShownLines));
}
