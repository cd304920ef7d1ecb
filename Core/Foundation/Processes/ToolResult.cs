namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a tool ended. Output is kept up to a bound; the whole stands in its log file.</summary>
public sealed record ToolResult(int ExitCode, string Output, IReadOnlyList<string> LastErrorLines, bool TimedOut)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>The end of what it said, for an error message.</summary>
    public string Tail(int lines = 8)
    {
        IReadOnlyList<string> source = LastErrorLines.Count > 0
            ? LastErrorLines
            : Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', source.TakeLast(lines)).TrimEnd();
    }
}
