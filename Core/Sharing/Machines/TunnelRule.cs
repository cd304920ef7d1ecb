using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Sharing.Machines;

/// <summary>
/// A deployment has one WireGuard peer key, and it serves one machine at a time: the one that the record names.
/// </summary>
public static class TunnelRule
{
    private const string Wireguard = "wireguard";

    /// <summary>The machine that holds the tunnel, if it is not this one.</summary>
    public static TunnelHolder? Elsewhere(DeploymentRecord record) =>
        record.SharedState is not null
            && record.Tunnel is { } tunnel
            && !(tunnel.Host == Environment.MachineName && MachineIdentity.MayBeHere(tunnel.Machine))
            ? tunnel
            : null;

    /// <summary>This machine as the one that holds the tunnel.</summary>
    public static TunnelHolder Here(Surroundings here, string interfaceName) =>
        new(Environment.MachineName, here.User, interfaceName, here.Clock.GetUtcNow(), MachineIdentity.Here);

    /// <summary>Whether every machine can be reached without the tunnel.</summary>
    public static bool HasOtherWay(DeploymentRecord record) =>
        record.Hosts.All(host => host.Addresses.Any(address => address.Network != Wireguard));

    /// <summary>
    /// Closes a tunnel that another machine took: two ends with one key would take each other's packets. Throws if it was the
    /// only way to the machines.
    /// </summary>
    public static async Task<DeploymentRecord> EnforceAsync(
        Surroundings here, DeploymentRecord record, CancellationToken cancellation)
    {
        if (Elsewhere(record) is not { } holder)
        {
            return record;
        }

        if (record.WireguardInterface is { } own)
        {
            here.Events.Emit(new Note($"{own} is closed: {holder.Host} holds the tunnel now"));
            await new WireguardTunnel(here.Runner, here.Path ?? "", here.IsRoot)
                .DownAsync(here.Home.Deployment(record.Id), own, cancellation);
            record = here.Store.Save(record with { WireguardInterface = null });
        }

        return record.Hosts.All(host => host.Addresses.Count == 0) || HasOtherWay(record)
            ? record
            : throw new DiagnosticException(ExitCode.Conflict, [Problem(record, holder)]);
    }

    public static Diagnostic Problem(DeploymentRecord record, TunnelHolder holder) => Diagnostic.Error(
        SharedStateCodes.TunnelElsewhere,
        $"{record.Name} ({record.Id}) can be reached only through WireGuard, and its only tunnel is held by "
            + $"{holder.Host} ({holder.Interface}, {holder.User}, since {TimeText.Of(holder.Since)}).",
        $"take it: tfgrid-compose attach {(record.AppPath.Length > 0 ? record.AppPath : "APP")} --name {record.Name} "
            + $"--take-tunnel; or add mycelium or ipv4 to the manifest's network.provision and run `up` on {holder.Host}");
}
