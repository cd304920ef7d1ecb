namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>A program with its arguments as a list, built by pure functions and run by <see cref="ToolRunner"/>.</summary>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Set in the child's environment; a null value takes the variable out.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Writes the child's standard input; null: it is empty.</summary>
    public Func<Stream, CancellationToken, Task>? Input { get; init; }

    /// <summary>Where all output is appended, masked; null: nowhere.</summary>
    public string? LogFile { get; init; }

    /// <summary>
    /// A folder for a nameless file that takes the output, error lines included, in place of a pipe; null: a pipe. For tools that must come to
    /// their end even where this process is killed.
    /// </summary>
    public string? OutputFolder { get; init; }

    /// <summary>What is handed to each line of standard output.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>What is handed to each line of standard error.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>Cleans up after an interrupt: a signal that has been passed on already does not reach it; the second Ctrl-C does.</summary>
    public bool CleansUp { get; init; }

    /// <summary>The time after which the tool is killed; null: none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Runs it in a process group of its own: at its time limit everything that it started is killed with it, also what it left behind. Ctrl-C in
    /// a terminal does not reach such a group, so a cancelled run asks it to end.
    /// </summary>
    public bool OwnGroup { get; init; }

    /// <summary>The command line for logs; arguments that need it are quoted.</summary>
    public override string ToString() => string.Join(' ', new[] { Program }.Concat(Arguments).Select(ShellQuote.IfNeeded));
}
