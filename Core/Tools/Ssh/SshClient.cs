using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Runs commands on one machine.</summary>
public sealed class SshClient(IToolRunner runner, SshConnection connection)
{
    /// <summary>OpenSSH's exit code for its own failures.</summary>
    public const int ConnectionFailed = 255;

    /// <summary>The time limit of an SSH command whose caller sets none.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    public SshConnection Connection { get; } = connection;

    /// <summary>Runs a command line in the remote shell; quote it with <see cref="ShellQuote"/>.</summary>
    public Task<ToolResult> RunAsync(string remoteCommand, CancellationToken cancellation) =>
        RunAsync(Connection.Run(remoteCommand) with { TimeLimit = DefaultLimit }, cancellation);

    /// <summary>Runs a prepared ssh command.</summary>
    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation) =>
        runner.RunAsync(command, cancellation);

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
                        $"ControlPath={Connection.ControlPath}",
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
