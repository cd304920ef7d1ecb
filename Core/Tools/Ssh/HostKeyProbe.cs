using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Lets OpenSSH compare a machine's host key with the pinned one, without a login.</summary>
public sealed class HostKeyProbe(IToolRunner runner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A problem if the machine has a different key; null if it has the pinned key, does not answer, or no key is
    /// pinned.
    /// </summary>
    public async Task<Diagnostic?> AskAsync(
        DeploymentRecord record,
        DeploymentFolder folder,
        RecordedHost host,
        string address,
        CancellationToken cancellation)
    {
        SshConnection connection = SshConnection.To(record, folder, host.Name, address).Alone();
        if (!KnownHosts.Has(folder, connection.Alias))
        {
            return null;
        }

        ToolResult answer = await runner.RunAsync(
            new ToolCommand(SshConnection.Program, Arguments(connection)) { TimeLimit = Limit }, cancellation);
        return IsRefused(answer) ? HostKeyChanged(folder, connection) : null;
    }

    /// <summary>Whether ssh failed because of the host's key.</summary>
    internal static bool IsRefused(ToolResult login) => SshMessages.HostKeyChanged.IsIn(login);

    internal static Diagnostic HostKeyChanged(DeploymentFolder folder, SshConnection connection) => Diagnostic.Error(
        SshCodes.HostKeyChanged,
        $"{connection.Address} has a different host key than the one pinned for {connection.Alias}: "
            + "it is another machine, or the connection is being intercepted.",
        $"if you know why it changed, remove the line of {connection.Alias} from {folder.KnownHosts} and run "
            + "`tfgrid-compose up` again");

    // No key is offered, so ssh stops before the login. If an option is given twice, the first counts. This key
    // exchange takes a fifth of the default one's time.
    private static IReadOnlyList<string> Arguments(SshConnection connection) =>
        ["-o", "PreferredAuthentications=none", "-o", "KexAlgorithms=curve25519-sha256", .. connection.Command("true")];
}
