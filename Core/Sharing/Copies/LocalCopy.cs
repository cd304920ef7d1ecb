using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Sharing.Copies;

/// <summary>
/// Makes this machine's copy of a shared record. The app folder, the key and the interface are this machine's own.
/// </summary>
public sealed class LocalCopy(Surroundings here, string hostName)
{
    private const string Wireguard = "wireguard";

    /// <param name="payload">What the backend holds.</param>
    /// <param name="shared">Its record.</param>
    /// <param name="local">The copy so far, or null.</param>
    /// <param name="appFolder">The app's folder here.</param>
    /// <param name="cancellation">Ends the question to the agent.</param>
    public async Task<DeploymentRecord> ApplyAsync(
        SharedPayload payload,
        DeploymentRecord shared,
        DeploymentRecord? local,
        string appFolder,
        CancellationToken cancellation)
    {
        here.Mask.Add(shared.Seed);
        SshKeyHere key = await SshKeyHere.FindAsync(here, shared.AuthorizedKeys, local?.SshKey, cancellation);
        DeploymentRecord record = Write(payload, shared, local, appFolder, key);
        if (Directory.Exists(record.AppPath))
        {
            new DeploymentLink(here).Point(record);
        }

        return record;
    }

    // Until the record exists, nobody else may mistake the folder for an abandoned one.
    private DeploymentRecord Write(
        SharedPayload payload,
        DeploymentRecord shared,
        DeploymentRecord? local,
        string appFolder,
        SshKeyHere key)
    {
        using FileStream gate = UnfinishedRecords.EnterGate(here.Home);
        DeploymentFolder folder = here.Home.Deployment(shared.Id);
        folder.Create();
        TakeRange(shared, folder);
        CarriedFiles.WriteTo(folder, payload, key.Path);
        new Journal(folder.Journal).Merge(payload.Journal);
        string? adopted = AdoptTunnel(folder, shared);
        return here.Store.Save(shared with
        {
            AppPath = appFolder,
            SshKey = key.Path,
            WireguardInterface = adopted ?? local?.WireguardInterface,
            Hosts = adopted is not null ? shared.Hosts : [.. shared.Hosts.Select(WithoutTunnel)],
        });
    }

    // The next deployment that is created here must not get the same range.
    private void TakeRange(DeploymentRecord shared, DeploymentFolder folder)
    {
        if (!here.Ranges.TryTake(shared.IpRange, folder.Path, out string owner))
        {
            here.Events.Emit(
                new Note($"{shared.Name} ({shared.Id}) and {owner} have the same address range, {shared.IpRange}: "
                    + "only one of their WireGuard tunnels can be up at a time here"));
        }
    }

    // If another home on this machine holds the tunnel, its interface exists already and is used.
    private string? AdoptTunnel(DeploymentFolder folder, DeploymentRecord shared)
    {
        string source = folder.WireguardConfig("wg-grid");
        if (shared.Tunnel is not { } tunnel
            || tunnel.Host != hostName
            || !MachineIdentity.MayBeHere(tunnel.Machine)
            || !WireguardTunnel.IsUp(tunnel.Interface)
            || !File.Exists(source))
        {
            return null;
        }

        PrivateFile.Write(
            folder.WireguardConfig(tunnel.Interface),
            WireguardConfig.Narrow(PlainFile.ReadText(source), shared.IpRange, shared.Id).Text);
        return tunnel.Interface;
    }

    private static RecordedHost WithoutTunnel(RecordedHost host) =>
        host.Addresses.Any(address => address.Ip == host.SshAddress && address.Network == Wireguard)
            ? host with
            {
                SshAddress = host.Addresses.FirstOrDefault(address => address.Network != Wireguard)?.Ip
                    ?? host.SshAddress,
            }
            : host;
}
