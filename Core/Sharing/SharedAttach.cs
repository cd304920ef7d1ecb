using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Sharing;

/// <summary><c>attach</c>: makes another machine's deployment usable here, and takes its tunnel if asked to.</summary>
public sealed class SharedAttach(Surroundings here, DeploymentLocator locator, LockTerms terms)
{
    public async Task<DeploymentRecord> RunAsync(
        Manifest manifest, string? name, bool takeTunnel, CancellationToken cancellation)
    {
        string wanted = name ?? manifest.Name;
        using DeploymentGate gate =
            await DeploymentGate.OfAppAsync(here.Home, manifest.AppFolder, wanted, terms, cancellation);
        var target = SharedTarget.OfManifest(
            SharedPurpose.Attach,
            manifest,
            wanted,
            SharedTarget.PlaceOf(here, manifest, wanted),
            locator.OfApp(manifest.AppFolder, wanted));
        RequirePlace(target, manifest);
        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, target, cancellation);
        DeploymentRecord record = shared.Existing ?? throw new DiagnosticException(
            ExitCode.Conflict,
            SharedStateCodes.NothingToAttach,
            $"{target.Place?.Location} holds no deployment '{wanted}' of {manifest.Name}.",
            "give --name as on the machine that created it, or create it here: tfgrid-compose up");
        if (takeTunnel)
        {
            record = await TakeTunnelAsync(shared, record, cancellation);
        }

        await WarnAsync(manifest, record, cancellation);
        return record;
    }

    private static void RequirePlace(SharedTarget target, Manifest manifest)
    {
        if (target.Place is null)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                SharedStateCodes.NotShared,
                $"Neither {manifest.File} nor config.yaml names a state backend, so there is nothing to attach to.",
                "add `state: {backend: ..., config: ...}` as on the machine that created the deployment "
                    + "(docs/shared-state.md)");
        }
    }

    private async Task<DeploymentRecord> TakeTunnelAsync(
        SharedSession shared, DeploymentRecord record, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        string source = folder.WireguardConfig("wg-grid");
        if (!File.Exists(source))
        {
            here.Events.Emit(new Note("this deployment has no WireGuard tunnel to take"));
            return record;
        }

        await shared.HoldAsync(cancellation);
        var config = WireguardConfig.Narrow(PlainFile.ReadText(source), record.IpRange, record.Id);
        DeploymentRecord reserved = record;
        string name = await new WireguardTunnel(here.Runner, here.Path ?? "", here.IsRoot).UpAsync(
            folder,
            config,
            record.WireguardInterface,
            taken => reserved = here.Store.Save(reserved with { WireguardInterface = taken }),
            cancellation);
        DeploymentRecord held = here.Store.Save(reserved with
        {
            WireguardInterface = name,
            Tunnel = TunnelRule.Here(here, name),
            Hosts = [.. reserved.Hosts.Select(host => host.SshAddress is not null
                && host.Addresses is [var preferred, ..]
                ? host with { SshAddress = preferred.Ip }
                : host)],
        });
        await shared.PublishAsync(cancellation);
        return held;
    }

    private async Task WarnAsync(Manifest manifest, DeploymentRecord record, CancellationToken cancellation)
    {
        if (TunnelRule.Elsewhere(record) is { } elsewhere && !TunnelRule.HasOtherWay(record))
        {
            Warn(TunnelRule.Problem(record, elsewhere));
        }

        if (!(await SshKeyHere.FindAsync(here, record.AuthorizedKeys, record.SshKey, cancellation)).LetsIn)
        {
            Warn(SshKeyHere.Problem(record));
        }

        if (manifest.Pattern.Folder is null
            && PluginCatalog.Scan(here.PluginRoots).Entries.All(entry => entry.Name != record.PatternName))
        {
            here.Events.Emit(
                new Note($"the pattern {record.PatternName} is not installed here: `up` needs it, "
                    + "everything else works without it"));
        }
    }

    private void Warn(Diagnostic problem) =>
        here.Events.Emit(new DiagnosticRaised(problem with { Severity = Severity.Warning }));
}
