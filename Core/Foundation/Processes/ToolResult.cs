namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a tool ended. Output is kept up to a limit; the log file has all of it.</summary>
public sealed record ToolResult(int ExitCode, string Output, IReadOnlyList<string> LastErrorLines, bool TimedOut)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>The last lines of its output, for an error message.</summary>
    public string Tail(int lines = 8)
    {
        IReadOnlyList<string> source = LastErrorLines.Count > 0
            ? LastErrorLines
            : Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', source.TakeLast(lines)).TrimEnd();
    }
}
