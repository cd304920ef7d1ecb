using System.Globalization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>Runs hooks on a host. Only their exit code counts; their output is not interpreted.</summary>
public sealed class HookRunner(IEventSink events, SecretMask mask, SshClient ssh)
{
    public const string EnvironmentFile = $"{AppFiles.DeploymentFolder}/.tfgrid-env";

    private const int KeptLines = 8;
    private const string Resume = "then run `tfgrid-compose up` again: the machine is kept, and it resumes here";
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs a hook to its end. Values come from a file with mode 0600 on the host, never from a command line.</summary>
    /// <param name="command"><see cref="HookScript.Run"/> or <see cref="HookScript.Follow"/>.</param>
    /// <param name="hook">Its name.</param>
    /// <param name="place">Where it runs.</param>
    /// <param name="cancellation">Ctrl-C: the hook ends by itself, or at the second one by force.</param>
    /// <returns>How it ended.</returns>
    public async Task<HookEnd> RunAsync(
        string command, string hook, HookPlace place, CancellationToken cancellation)
    {
        // Before the hook has begun, there is nothing to end.
        cancellation.ThrowIfCancellationRequested();
        var lines = new Queue<string>();
        await using CancellationTokenRegistration waiting = cancellation.Register(() => events.Emit(new Note(
            $"waiting for the {hook} hook on {place.Host} to end; press Ctrl-C again to end it")));
        ToolResult result;
        try
        {
            result = await ssh.RunAsync(
                ssh.Connection.Run(command) with
                {
                    Input = HookScript.WriteAsync,
                    LogFile = place.LogFile,
                    TimeLimit = Limit,
                    IsDetached = true,
                    OnOutput = Show,
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw;
        }

        if (result.TimedOut)
        {
            await StopAsync();
        }

        return new HookEnd(hook, place, result, string.Join('\n', lines));

        void Show(string line)
        {
            string masked = mask.Apply(line);
            lines.Enqueue(masked);
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }

            events.Emit(new HookLine(hook, place.Host, masked) { OneOfSeveral = place.OneOfSeveral });
        }
    }

    /// <summary>Throws if the hook failed; otherwise there is nothing to report.</summary>
    public async Task RequireAsync(HookEnd end)
    {
        if (end.Result.ExitCode == HookScript.Unseen)
        {
            throw Failed(
                AppCodes.HookFailed,
                $"Another run has started a hook on '{end.Place.Host}' meanwhile.",
                "run `tfgrid-compose up` again: it follows that hook to its end").On(end.Place.Host);
        }

        if (end.IsConnectionLost)
        {
            throw Failed(
                AppCodes.ConnectionLost,
                $"The connection to '{end.Place.Host}' was lost while the {end.Hook} hook ran:\n{end.Result.Tail()}",
                "see `tfgrid-compose status`. The hook continues on the machine; "
                    + "run `tfgrid-compose up` again: it follows the hook to its end")
                .On(end.Place.Host);
        }

        if (end.ExitCode != 0)
        {
            if (!end.Result.TimedOut)
            {
                await ForgetAsync();
            }

            throw FailureOf(end).On(end.Place.Host);
        }
    }

    /// <summary>Removes the hook's output and exit code from the host.</summary>
    public Task<ToolResult> ForgetAsync() => ssh.RunAsync(HookScript.Forget, CancellationToken.None);

    private Task StopAsync() => ssh.RunAsync(
        ssh.Connection.Run(HookScript.Stop) with
        {
            Input = HookScript.WriteAsync,
            TimeLimit = StopLimit,
            IsDetached = true,
            OutlivesKill = true,
        },
        CancellationToken.None);

    private static DiagnosticException FailureOf(HookEnd end)
    {
        string subject = $"The hook '{end.Hook}' on '{end.Place.Host}'";
        string log = end.Place.LogFile;
        return end switch
        {
            { Result.TimedOut: true } => Failed(
                AppCodes.HookTimedOut,
                $"{subject} did not end within {Limit.TotalMinutes:F0} minutes.",
                $"read {log}, fix the hook, {Resume}"),
            { ExitCode: null, Result.ExitCode: HookScript.NotStarted } => Failed(
                AppCodes.HookFailed,
                $"{subject} could not be started:\n{end.Result.Tail()}",
                $"check the machine's disk space (`tfgrid-compose exec -- df -h`), {Resume}"),
            { ExitCode: null } => Failed(
                AppCodes.HookFailed,
                $"{subject} ended without an exit code: the machine was restarted, or somebody killed it{Said(end)}",
                $"read {log}, {Resume}"),
            { ExitCode: 137 } => Failed(
                AppCodes.HookFailed,
                $"{subject} was killed (exit code 137), usually because the machine had no memory left{Said(end)}",
                $"give the machine more memory or the hook less to do, {Resume}"),
            _ => Failed(
                AppCodes.HookFailed,
                string.Create(CultureInfo.InvariantCulture, $"{subject} ended with exit code {end.ExitCode}{Said(end)}"),
                $"read {log}, fix the hook, {Resume}"),
        };
    }

    private static string Said(HookEnd end) => end.Tail.Length > 0 ? $":\n{end.Tail}" : "; it printed nothing";

    private static DiagnosticException Failed(string code, string message, string remedy) =>
        new(ExitCode.Application, code, message, remedy);
}
