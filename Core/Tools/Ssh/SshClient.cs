using System.Collections.Concurrent;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Runs commands on one machine.</summary>
public sealed class SshClient(IToolRunner runner, SshConnection connection)
{
    /// <summary>OpenSSH's exit code for its own failures.</summary>
    public const int ConnectionFailed = 255;

    /// <summary>The time limit of an SSH command whose caller sets none.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    // sshd's MaxSessions is 10, for all sessions of a shared connection.
    private const int MostSessions = 8;
    private const int MostTries = 6;
    private const string Refusal = "Session open refused by peer";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Sessions = new(StringComparer.Ordinal);

    public SshConnection Connection { get; } = connection;

    /// <summary>Runs a command line in the remote shell; quote it with <see cref="ShellQuote"/>.</summary>
    public Task<ToolResult> RunAsync(string remoteCommand, CancellationToken cancellation) =>
        RunAsync(Connection.Run(remoteCommand) with { TimeLimit = DefaultLimit }, cancellation);

    /// <summary>
    /// Runs a prepared ssh command. If a machine already has as many sessions as its sshd allows, further commands wait. A
    /// command that sshd refuses has not begun, and is retried.
    /// </summary>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
    {
        SemaphoreSlim sessions = Sessions.GetOrAdd(Connection.Alias, _ => new SemaphoreSlim(MostSessions));
        await sessions.WaitAsync(cancellation);
        try
        {
            TimeSpan pause = FirstPause;
            for (int tries = 1; ; tries++, pause *= 2)
            {
                ToolResult result = await runner.RunAsync(command, cancellation);
                if (tries == MostTries || !IsRefused(result))
                {
                    return result;
                }

                await Task.Delay(pause, TimeProvider.System, cancellation);
            }
        }
        finally
        {
            sessions.Release();
        }
    }

    private static bool IsRefused(ToolResult result) => result.ExitCode == ConnectionFailed
        && result.Output.Length == 0
        && result.LastErrorUnmasked.Contains(Refusal, StringComparison.Ordinal);

    /// <summary>Ends the shared connection, if there is one.</summary>
    public async Task CloseAsync()
    {
        if (File.Exists(Connection.ControlPath))
        {
            await runner.RunAsync(
                new ToolCommand(
                    SshConnection.Program,
                    [
                        "-F",
                        "/dev/null",
                        "-o",
                        $"ControlPath={SshConfigPath.Of(Connection.ControlPath)}",
                        "-O",
                        "exit",
                        Connection.Address,
                    ])
                {
                    TimeLimit = TimeSpan.FromSeconds(10),
                },
                CancellationToken.None);
        }
    }
}
