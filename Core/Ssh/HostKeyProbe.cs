using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Ssh;

/// <summary>Asks a machine for its host key and holds it against the pinned one, without a login.</summary>
public sealed class HostKeyProbe(IToolRunner runner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The refusal where the machine shows another key than the pinned one; null where it shows the same, none, or none is pinned.</summary>
    public async Task<Diagnostic?> AskAsync(DeploymentRecord record, DeploymentFolder folder, RecordedHost host, string address, CancellationToken cancellation)
    {
        var connection = SshConnection.To(record, folder, host.Name, address);
        IReadOnlyList<HostKey> pinned = KnownHosts.Of(folder, connection.Alias);
        if (pinned.Count == 0)
        {
            return null;
        }

        ToolResult scan = await runner.RunAsync(
            new ToolCommand("ssh-keyscan", ["-T", "2", "-t", string.Join(',', pinned.Select(key => key.ScanType)), address]) { TimeLimit = Limit }, cancellation);
        HostKey[] shown = [.. scan.Output.Split('\n').Select(HostKey.Parse).OfType<HostKey>()];
        return shown.Length == 0 || shown.Any(pinned.Contains) ? null : HostKeyChanged(folder, connection);
    }

    internal static Diagnostic HostKeyChanged(DeploymentFolder folder, SshConnection connection) => Diagnostic.Error(
        SshCodes.HostKeyChanged,
        $"{connection.Address} shows another host key than the one pinned for {connection.Alias}: it is another machine, or someone is in between.",
        $"if you know why it changed, remove the line of {connection.Alias} from {folder.KnownHosts} and run `tfgrid-compose up` again");
}
