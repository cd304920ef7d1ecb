using System.Collections.Concurrent;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

/// <summary>Writes down what was to run and answers as told; without a word, a tool succeeds and prints nothing.</summary>
internal sealed class RecordingRunner(Func<ToolCommand, ToolResult?>? answer = null) : IToolRunner
{
    private readonly ConcurrentQueue<ToolCommand> _commands = new();

    public IReadOnlyList<ToolCommand> Commands => [.. _commands];

    /// <summary>Each command line as its words, joined by blanks.</summary>
    public IReadOnlyList<string> Lines => [.. _commands.Select(command => string.Join(' ', [command.Program, .. command.Arguments]))];

    public static ToolResult Result(int exitCode, string output = "", string error = "") =>
        new(exitCode, output, error.Split('\n', StringSplitOptions.RemoveEmptyEntries), TimedOut: false);

    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _commands.Enqueue(command);
        return Task.FromResult(answer?.Invoke(command) ?? Result(0));
    }
}
