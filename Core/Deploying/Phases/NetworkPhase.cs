using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>
/// Opens this machine's way to the deployment's private network. Mycelium and public addresses need no step here.
/// </summary>
public sealed class NetworkPhase : IPhase
{
    public PhaseId Id => PhaseId.Network;

    public IReadOnlyList<PhaseId> RunsAfter => [PhaseId.Infrastructure];

    // The configuration counts by its recorded fingerprint: `plan` has no file.
    public string Inputs(UpRun run) => Fingerprint.Of(
    [
        .. run.App.Manifest.Network.Provision.Select(kind => kind.ManifestName()),
        run.Record.IpRange,
        .. run.Record.Outputs?.WireguardFingerprint is { } config ? [config] : Array.Empty<string>(),
    ]);

    public IReadOnlyList<InputPart> Parts(UpRun run) =>
        [SharedParts.Networks(run), InputPart.Setting("address range", run.Record.IpRange)];

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        var tunnel = new WireguardTunnel(run.Here.Runner, run.Here.Path ?? "", run.Here.IsRoot);
        if (!run.App.Manifest.Network.Has(NetworkKind.Wireguard))
        {
            await CloseAsync(run, tunnel, cancellation);
            return;
        }

        if (TunnelRule.Elsewhere(run.Record) is { } holder)
        {
            run.Here.Events.Emit(
                new Note($"the tunnel is held by {holder.Host}; the machines are reached over their other networks"));
            return;
        }

        string source = run.Folder.WireguardConfig("wg-grid");
        if (!File.Exists(source))
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                NetworkCodes.NoWireguardConfig,
                $"The manifest asks for WireGuard, and the pattern '{run.App.PatternName}' has no output wg_config.",
                "add `output \"wg_config\"` with grid_network's access_wg_config to the pattern, "
                    + "or leave wireguard out of network.provision");
        }

        var config = WireguardConfig.Narrow(PlainFile.ReadText(source), run.Record.IpRange, run.Record.Id);
        string name = await tunnel.UpAsync(
            run.Folder,
            config,
            run.Record.WireguardInterface,
            reserved => run.Update(record => record with { WireguardInterface = reserved }),
            cancellation);
        run.Update(record => record with { Tunnel = HeldHere(record, name, run.Here) });
        run.Here.Events.Emit(new Note($"{run.Record.IpRange} is reached through {name}"));
    }

    // Only a shared record needs to say who holds the tunnel.
    private static TunnelHolder? HeldHere(DeploymentRecord record, string name, Surroundings here) =>
        record switch
        {
            { SharedState: null } => null,
            { Tunnel: { } same } when same.Host == Environment.MachineName && same.Interface == name => same,
            _ => TunnelRule.Here(here, name),
        };

    private static async Task CloseAsync(UpRun run, WireguardTunnel tunnel, CancellationToken cancellation)
    {
        if (run.Record.WireguardInterface is { } former)
        {
            await tunnel.DownAsync(run.Folder, former, cancellation);
            run.Update(record => record with { WireguardInterface = null, Tunnel = null });
        }
    }
}
