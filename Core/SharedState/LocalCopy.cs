using TfgridCompose.Core.Networks;
using TfgridCompose.Core.Orchestration;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.SharedState;

/// <summary>Makes this machine's copy of a shared record. What belongs to one machine (app folder, key, interface) is this one's.</summary>
public sealed class LocalCopy(Surroundings here, string hostName)
{
    private const string Wireguard = "wireguard";

    /// <param name="payload">What the backend holds.</param>
    /// <param name="shared">Its record.</param>
    /// <param name="local">The copy so far, or null.</param>
    /// <param name="appFolder">The app's folder here.</param>
    /// <param name="cancellation">Ends the question to the agent.</param>
    public async Task<DeploymentRecord> ApplyAsync(
        SharedPayload payload, DeploymentRecord shared, DeploymentRecord? local, string appFolder, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(shared.Id);
        folder.Create();
        here.Mask.Add(shared.Seed);
        SshKeyHere key = await SshKeyHere.FindAsync(here, shared.AuthorizedKeys, local?.SshKey, cancellation);
        CarriedFiles.WriteTo(folder, payload, key.Path);
        new Journal(folder.Journal).Merge(payload.Journal);
        string? adopted = AdoptTunnel(folder, shared);
        DeploymentRecord record = here.Store.Save(shared with
        {
            AppPath = appFolder,
            SshKey = key.Path,
            WireguardInterface = adopted ?? local?.WireguardInterface,
            Hosts = adopted is not null ? shared.Hosts : [.. shared.Hosts.Select(WithoutTunnel)],
        });
        if (Directory.Exists(record.AppPath))
        {
            new DeploymentLink(here).Point(record);
        }

        return record;
    }

    // Another home on the machine that holds the tunnel: the interface is there already, and is used, not fought over.
    private string? AdoptTunnel(DeploymentFolder folder, DeploymentRecord shared)
    {
        string source = folder.WireguardConfig("wg-grid");
        if (shared.Tunnel is not { } tunnel || tunnel.Host != hostName || !WireguardTunnel.IsUp(tunnel.Interface) || !File.Exists(source))
        {
            return null;
        }

        PrivateFile.Write(folder.WireguardConfig(tunnel.Interface), WireguardConfig.Narrow(File.ReadAllText(source), shared.IpRange, shared.Id).Text);
        return tunnel.Interface;
    }

    private static RecordedHost WithoutTunnel(RecordedHost host) =>
        host.Addresses.Any(address => address.Ip == host.SshAddress && address.Network == Wireguard)
            ? host with { SshAddress = host.Addresses.FirstOrDefault(address => address.Network != Wireguard)?.Ip ?? host.SshAddress }
            : host;
}
