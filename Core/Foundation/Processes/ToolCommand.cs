namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// A program with its arguments as a list, built by pure functions and run by <see cref="ToolRunner"/>.
/// </summary>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The default of <see cref="LongestLine"/>.</summary>
    public const int UsualLine = 64 * 1024;

    /// <summary>The value of <see cref="LongestLine"/> for lines of JSON.</summary>
    public const int WholeLines = 16 * 1024 * 1024;

    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set in the child's environment; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Variables of the run's environment that it inherits besides the usual ones: names, or prefixes that end with '*'.
    /// </summary>
    public IReadOnlyList<string> Inherits { get; init; } = [];

    /// <summary>Whether it inherits the whole environment except our secrets, as a program of the user's own.</summary>
    public bool InheritsAll { get; init; }

    /// <summary>Writes the child's standard input; null for an empty input.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>The file to which all output is appended, masked; null for none.</summary>
    public string? LogFile { get; init; }

    /// <summary>
    /// The folder for an unlinked file that takes the output, error lines included, instead of a pipe; null for a pipe.
    /// For tools that must complete even if this process is killed.
    /// </summary>
    public string? OutputFolder { get; init; }

    /// <summary>Called for each line of standard output.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>
    /// Longer lines of output are split into pieces of at most this many characters. A reader of JSON lines needs whole
    /// lines.
    /// </summary>
    public int LongestLine { get; init; } = UsualLine;

    /// <summary>Where a piece of a longer line may end; null for anywhere but within a secret that the run knows.</summary>
    public Func<string, int>? CutOf { get; init; }

    /// <summary>Called for each line of standard error.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>
    /// Whether it cleans up after an interrupt. A first signal is then not passed on to it; only the second Ctrl-C ends it.
    /// </summary>
    public bool CleansUp { get; init; }

    /// <summary>The time after which the tool is killed; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Runs it in its own process group: at its time limit, everything that it started is killed too. Ctrl-C in a
    /// terminal does not reach such a group, so a cancelled run sends it SIGTERM.
    /// </summary>
    public bool OwnGroup { get; init; }

    /// <summary>
    /// Runs it in its own session, where the only signal that reaches it is the kill at the second Ctrl-C or the time limit.
    /// </summary>
    public bool IsDetached { get; init; }

    /// <summary>Whether it also runs after the second Ctrl-C, to clean up within its time limit.</summary>
    public bool OutlivesKill { get; init; }

    /// <summary>The command line for logs; arguments that need it are quoted.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { Program }.Concat(Arguments).Select(ShellQuote.IfNeeded));
}
