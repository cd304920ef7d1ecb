namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>Runs programs. Arguments are lists; secrets go to standard input.</summary>
internal interface IToolRunner
{
    /// <summary>Runs to the end, whatever the exit code is. The exit code is 127 if there is no such program.</summary>
    ToolResult Try(IReadOnlyList<string> command, string? input = null, Action<string>? onErrorLine = null);

    /// <summary>Runs on this terminal, so that output shows as it comes.</summary>
    int RunOnTerminal(IReadOnlyList<string> command);

    /// <summary>Like <see cref="Try"/>; an exit code other than 0 is an error.</summary>
    ToolResult Run(IReadOnlyList<string> command, string? input = null)
    {
        ToolResult result = Try(command, input);
        return result.ExitCode == 0 ? result : throw new GridException(
            "A command of the local grid failed",
            $"`{string.Join(' ', command)}` ended with exit code {result.ExitCode}\n{result.LastErrors}");
    }
}
