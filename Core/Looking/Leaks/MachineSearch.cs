using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>Looks for interfaces and files on this machine that outlived their deployment.</summary>
public sealed class MachineSearch(Surroundings here)
{
    // A deployment's folder is created a moment before its record.
    private static readonly TimeSpan BeingMade = TimeSpan.FromMinutes(1);

    public async Task<(IReadOnlyList<MachineLeftover> Left, IReadOnlyList<Diagnostic> Problems)> FindAsync(
        IReadOnlyList<KnownDeployment> known, CancellationToken cancellation)
    {
        ILookup<string, KnownDeployment> byId = known.ToLookup(deployment => deployment.Id);
        (IReadOnlyList<MachineLeftover> tunnels, Diagnostic? unseen) = await TunnelsAsync(byId, cancellation);
        return (
            [.. tunnels, .. Folders(byId), .. Entries(known), .. Ranges(), .. Locks(byId)],
            unseen is null ? [] : [unseen]);
    }

    private async Task<(IReadOnlyList<MachineLeftover> Left, Diagnostic? Unseen)> TunnelsAsync(
        ILookup<string, KnownDeployment> known, CancellationToken cancellation)
    {
        if (!Directory.Exists(here.WireguardFolder))
        {
            return ([], null);
        }

        var ours = new WireguardFiles(here.Runner, here.Path ?? "", here.IsRoot) { Folder = here.WireguardFolder };
        if (await ours.OursAsync(cancellation) is not { } files)
        {
            return ([], ours.Unseen);
        }

        // A deployment of another state folder is alive while its folder exists.
        HashSet<string> livesElsewhere = [.. here.Ranges.LivingFolders().Select(Path.GetFileName).OfType<string>()];
        return (
            [
                .. files
                    .Where(file => known.Contains(file.DeploymentId)
                        ? !Lives(known, file.DeploymentId)
                        : !livesElsewhere.Contains(file.DeploymentId))
                    .Select(file => OfTunnel(file, known, ReasonOf(known, file.DeploymentId))),
                .. files
                    .Where(file => Lives(known, file.DeploymentId) && IsUnrecorded(file))
                    .Select(file => OfTunnel(file, known, "not the tunnel that its deployment records")),
            ],
            null);
    }

    // An interrupted `up` left the tunnel. It does not count if the deployment is shared (the tunnel may be another state
    // folder's) or an `up` is running (it makes the configuration before it records the name).
    private bool IsUnrecorded(WireguardFile file) =>
        RecordOf(file.DeploymentId) is { SharedState: null } record
            && (file.Interface is null || file.Interface != record.WireguardInterface)
            && ProcessLocks.Working(here.Home, record) is null;

    private DeploymentRecord? RecordOf(string id)
    {
        try
        {
            return here.Store.Load(id);
        }
        catch (DiagnosticException)
        {
            // The search for the known deployments reports it.
            return null;
        }
    }

    private static MachineLeftover OfTunnel(
        WireguardFile file, ILookup<string, KnownDeployment> known, string reason) => new(
        LeftoverKind.Tunnel,
        file.Path,
        file.DeploymentId,
        known.Contains(file.DeploymentId) ? LeakOwner.Ours : LeakOwner.Foreign,
        reason)
        {
            Detail = file.Interface,
        };

    private IEnumerable<MachineLeftover> Folders(ILookup<string, KnownDeployment> known) => known
        .Select(same => same.Key)
        .Where(id => !Lives(known, id)
            && Directory.Exists(here.Home.Deployment(id).Path)
            && !IsBeingMade(here.Home.Deployment(id).Path))
        .Select(id =>
            new MachineLeftover(
                LeftoverKind.Folder,
                here.Home.Deployment(id).Path,
                id,
                LeakOwner.Ours,
                ReasonOf(known, id)));

    private IEnumerable<MachineLeftover> Entries(IReadOnlyList<KnownDeployment> known) => known
        .Where(deployment => deployment.As == KnownAs.Broken
            && !Directory.Exists(here.Home.Deployment(deployment.Id).Path))
        .Select(deployment =>
            new MachineLeftover(
                LeftoverKind.Entry,
                $"{here.Home.Index}: {deployment.Id}",
                deployment.Id,
                LeakOwner.Ours,
                deployment.Reason));

    private bool IsBeingMade(string folder) =>
        here.Clock.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) < BeingMade
            && !File.Exists(Path.Combine(folder, "journal"));

    private IEnumerable<MachineLeftover> Ranges() => here.Ranges.Stale().Select(stale => new MachineLeftover(
        LeftoverKind.Range,
        stale.Range,
        Path.GetFileName(stale.Folder),
        Path.GetDirectoryName(stale.Folder) == here.Home.Deployments ? LeakOwner.Ours : LeakOwner.Foreign,
        $"{stale.Folder} is gone")
    {
        Detail = stale.Folder,
    });

    private IEnumerable<MachineLeftover> Locks(ILookup<string, KnownDeployment> known) => known
        .SelectMany(same => same)
        .Where(deployment => deployment.As == KnownAs.Ended
            && !Directory.Exists(here.Home.Deployment(deployment.Id).Path))
        .Select(deployment => (deployment.Id, Files: LockFiles.Of(here.Home, deployment.Id, deployment.Name)))
        .SelectMany(item => new[] { item.Files.Lock, item.Files.Holder }.Where(File.Exists).Select(path =>
            new MachineLeftover(LeftoverKind.Lock, path, item.Id, LeakOwner.Ours, ReasonOf(known, item.Id))));

    private static bool Lives(ILookup<string, KnownDeployment> known, string id) =>
        known[id].Any(deployment => deployment.As == KnownAs.Living);

    private static string ReasonOf(ILookup<string, KnownDeployment> known, string id) =>
        known[id].FirstOrDefault()?.Reason ?? "no deployment of yours";
}
