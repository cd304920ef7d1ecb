using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Runs commands on one machine.</summary>
public sealed class SshClient(IToolRunner runner, SshConnection connection)
{
    /// <summary>OpenSSH's exit code for its own failures, as against the remote command's.</summary>
    public const int ConnectionFailed = 255;

    /// <summary>How long an SSH command may take where its caller sets no limit of its own.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    public SshConnection Connection { get; } = connection;

    /// <summary>Runs a command line of the remote shell; quote with <see cref="ShellQuote"/>.</summary>
    public Task<ToolResult> RunAsync(string remoteCommand, CancellationToken cancellation) =>
        RunAsync(Connection.Run(remoteCommand) with { TimeLimit = DefaultLimit }, cancellation);

    /// <summary>Runs a prepared ssh command.</summary>
    public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation) => runner.RunAsync(command, cancellation);

    /// <summary>Ends the shared connection, if there is one.</summary>
    public async Task CloseAsync()
    {
        if (File.Exists(Connection.ControlPath))
        {
            await runner.RunAsync(
                new ToolCommand(SshConnection.Program, ["-F", "/dev/null", "-o", $"ControlPath={Connection.ControlPath}", "-O", "exit", Connection.Address])
                {
                    TimeLimit = TimeSpan.FromSeconds(10),
                },
                CancellationToken.None);
        }
    }
}
