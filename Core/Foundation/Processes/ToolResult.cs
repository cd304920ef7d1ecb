namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>How a tool ended. Output is kept up to a limit; the log file has all of it.</summary>
public sealed record ToolResult(int ExitCode, string Output, IReadOnlyList<string> LastErrorLines, bool TimedOut)
{
    // A shell's exit code for a program that a signal ended is this and the signal's number.
    private const int FirstSignal = 128;

    /// <summary>The last line of its errors, unmasked: only for what this program has written itself, and never shown.</summary>
    public string LastErrorUnmasked { get; init; } = LastErrorLines is [.., var last] ? last : "";

    /// <summary>Why its input could not be written to the end; the program was killed then.</summary>
    public Exception? InputProblem { get; init; }

    /// <summary>Whether no limit, signal or failed input ended it.</summary>
    public bool EndedByItself => !TimedOut && InputProblem is null && ExitCode is >= 0 and < FirstSignal;

    public bool Succeeded => ExitCode == 0 && !TimedOut && InputProblem is null;

    /// <summary>The last lines of its output, for an error message.</summary>
    public string Tail(int lines = 8)
    {
        IReadOnlyList<string> source = LastErrorLines.Count > 0
            ? LastErrorLines
            : Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', source.TakeLast(lines)).TrimEnd();
    }
}
