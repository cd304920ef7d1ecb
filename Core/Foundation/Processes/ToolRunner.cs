using System.ComponentModel;
using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using NLog;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// Runs processes: finds the program through the run's PATH, logs the redacted command line, masks secrets in all
/// output and keeps the last lines for an error message.
/// </summary>
/// <param name="log">Logs each command line and its exit code.</param>
/// <param name="mask">The secrets to mask.</param>
/// <param name="interrupt">Ctrl-C.</param>
/// <param name="environment">The run's environment for the tools, instead of this process's own variables.</param>
public sealed class ToolRunner(
    Logger log, SecretMask mask, ToolInterrupt interrupt, IReadOnlyDictionary<string, string> environment) : IToolRunner
{
    private const int KeptErrorLines = 40;
    private const int ReadCharacters = 16 * 1024;
    private const int CannotStart = 127;

    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        log.Debug("run: {0}", mask.Apply(command.ToString()));
        using var output = new ToolOutput(command, mask, KeptErrorLines);
        using var limit = new CancellationTokenSource(command.TimeLimit ?? Timeout.InfiniteTimeSpan);
        using ToolInput? input = command.Input is { } write ? new ToolInput(write) : null;
        CancellationToken interrupted = command.OutlivesKill ? CancellationToken.None : interrupt.Kill;
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(
            interrupted, limit.Token, input?.Failed ?? CancellationToken.None);
        long started = TimeProvider.System.GetTimestamp();
        int exitCode = await StartAsync(
            input is null ? command : command with { Input = input.WriteAsync }, output, kill.Token, cancellation);
        log.Debug(
            "exit {0} after {1:F0} ms: {2}",
            exitCode,
            TimeProvider.System.GetElapsedTime(started).TotalMilliseconds,
            command.Program);
        interrupted.ThrowIfCancellationRequested();
        return new ToolResult(exitCode, output.Text, output.LastErrorLines, limit.IsCancellationRequested)
        {
            WasCut = output.WasCut,
            Program = command.Program,
            LastErrorUnmasked = output.LastErrorUnmasked,
            InputProblem = input?.Problem,
        };
    }

    private async Task<int> StartAsync(
        ToolCommand command, ToolOutput output, CancellationToken kill, CancellationToken cancellation)
    {
        if (ProgramOf(command) is { } program)
        {
            return await ExecuteAsync(command with { Program = program }, output, kill, cancellation);
        }

        output.Error($"{command.Program}: not found on PATH");
        return CannotStart;
    }

    private string? Path => environment.GetValueOrDefault("PATH");

    private string? ProgramOf(ToolCommand command) =>
        command.Program.Contains('/', StringComparison.Ordinal)
            ? command.Program
            : ExecutablePath.Find(command.Program, Path);

    private async Task<int> ExecuteAsync(
        ToolCommand command, ToolOutput output, CancellationToken kill, CancellationToken cancellation)
    {
        try
        {
            return (command.OwnGroup || command.IsDetached) && ProcessGroup.Lead(command, Path) is { } leader
                ? await ExecuteGroupAsync(leader, output, kill, cancellation)
                : command.OutputFolder is { } folder
                ? await ExecuteToFileAsync(command, folder, output, kill)
                : (await Configure(command, output)
                    .ExecuteAsync(kill, command.CleansUp ? CancellationToken.None : interrupt.PassOn)).ExitCode;
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
        catch (CommandExecutionException problem)
        {
            output.Error(problem.Message);
            return problem.ExitCode;
        }
        catch (Exception problem) when (SystemFault.OfStart(problem) is { } refused)
        {
            throw refused;
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException)
        {
            output.Error($"{command.Program}: {problem.Message}");
            return CannotStart;
        }
    }

    private async Task<int> ExecuteGroupAsync(
        ToolCommand leader, ToolOutput output, CancellationToken kill, CancellationToken cancellation)
    {
        // The token ends the wait if a program outside the group keeps the output open.
        CommandTask<CommandResult> tool = Configure(leader, output)
            .ExecuteAsync(kill, leader.IsDetached ? CancellationToken.None : interrupt.PassOn);
        await using CancellationTokenRegistration killing = kill.Register(() => ProcessGroup.Kill(tool.ProcessId));
        await using CancellationTokenRegistration asking =
            leader.IsDetached ? default : cancellation.Register(() => ProcessGroup.Ask(tool.ProcessId));
        return (await tool).ExitCode;
    }

    private async Task<int> ExecuteToFileAsync(
        ToolCommand command, string folder, ToolOutput output, CancellationToken kill)
    {
        using var file = new FollowedFile(folder);
        (string program, IReadOnlyList<string> arguments) = file.Wrap(command);
        Task<CommandResult> tool = Configure(command with { Program = program, Arguments = arguments }, output)
            .ExecuteAsync(kill, interrupt.PassOn);
        await file.FollowAsync(tool, PiecesOf(command, output.Output));
        return (await tool).ExitCode;
    }

    private Command Configure(ToolCommand command, ToolOutput output)
    {
        Command configured = CliWrap.Cli.Wrap(command.Program)
            .WithArguments(command.Arguments)
            .WithEnvironmentVariables(ToolEnvironment.Of(environment, command))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTo(() => PiecesOf(command, output.Output)))
            .WithStandardErrorPipe(PipeTo(() => PiecesOf(command, (line, _) => output.Error(line))));
        if (command.WorkingDirectory is { } folder)
        {
            configured = configured.WithWorkingDirectory(folder);
        }

        return command.Input is { } write ? configured.WithStandardInputPipe(PipeSource.Create(write)) : configured;
    }

    private LinePieces PiecesOf(ToolCommand command, Action<string, bool> onPiece) =>
        new(onPiece, command.LongestLine, command.CutOf ?? mask.CutOf);

    private static PipeTarget PipeTo(Func<LinePieces> target) => PipeTarget.Create(async (stream, cancellation) =>
    {
        using var reader = new StreamReader(
            stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, ReadCharacters, leaveOpen: true);
        LinePieces lines = target();
        char[] text = new char[ReadCharacters];
        while (await reader.ReadAsync(text, cancellation) is > 0 and int length)
        {
            lines.Take(text.AsSpan(0, length));
        }

        lines.End();
    });
}
