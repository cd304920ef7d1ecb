using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Removing;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>Removes what a person chose from a report. It verifies nothing: search again for that.</summary>
public sealed class LeakCleaning(Surroundings here, DeploymentIndex index, Func<LockHolder> holder)
{
    /// <summary>
    /// Cancels contracts: with Terraform if their state is there, on the local grid with its program. Contracts of a paid
    /// grid without a state stay. Returns whether Terraform ended any on a paid grid, which lists them for a while longer.
    /// </summary>
    public async Task<bool> CancelAsync(IReadOnlyList<LeakedContracts> chosen, CancellationToken cancellation)
    {
        bool showsLate = false;
        foreach (LeakedContracts leak in chosen)
        {
            var grid = GridName.Parse(leak.Grid);
            bool destroyed = !leak.IsStray && await DestroyAsync(leak, grid, cancellation);
            showsLate |= destroyed && !grid.IsLocal;
            if (grid.IsLocal)
            {
                await AttemptAsync(
                    leak.DeploymentId,
                    () => new LocalGridProgram(here.LocalGridPath, here.Runner)
                        .CancelAsync(leak.Contracts.Select(contract => contract.Id), cancellation));
            }
        }

        return showsLate;
    }

    /// <summary>Removes interfaces and files.</summary>
    /// <param name="chosen">What to remove.</param>
    /// <param name="stillLive">What a search after the cancelling found: a folder whose contracts live, or whose grid
    /// was not asked, stays.</param>
    /// <param name="cancellation">Ends the work between two things.</param>
    public async Task RemoveAsync(
        IReadOnlyList<MachineLeftover> chosen, LeakReport stillLive, CancellationToken cancellation)
    {
        new DeploymentRemoval(here, index).FinishInterrupted(holder);
        foreach (MachineLeftover left in chosen)
        {
            await AttemptAsync(left.What, () => RemoveAsync(left, stillLive, cancellation));
        }
    }

    private async Task<bool> DestroyAsync(LeakedContracts leak, GridName grid, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(leak.DeploymentId);
        // A shared state may by now be another machine's.
        bool hasState = leak.Owner == LeakOwner.Ours
            && !BackendFile.IsIn(folder.Terraform)
            && TerraformLook.At(folder) is { Problem: null, Resources.Count: > 0 };
        if (hasState && StateIdentity.OtherOwnerIn(folder) is { } other)
        {
            here.Events.Emit(
                new Note($"{folder.Id}: the Terraform state in {folder.Terraform} is that of {other}; it is not used"));
            return false;
        }

        return hasState && await AttemptAsync(leak.DeploymentId, async () =>
        {
            if (DeploymentDestruction.WorkspaceOf(here, grid, folder, identity: null) is { } terraform)
            {
                here.Events.Emit(
                    new Note($"{folder.Id}: destroying what Terraform's state in {folder.Terraform} names"));
                await terraform.InitAsync(cancellation);
                await terraform.PrepareDestroyAsync(cancellation);
                await terraform.DestroyAsync(cancellation);
            }
        });
    }

    private async Task RemoveAsync(MachineLeftover left, LeakReport stillLive, CancellationToken cancellation)
    {
        switch (left.Kind)
        {
            case LeftoverKind.Tunnel:
                await RemoveTunnelAsync(left, cancellation);
                break;
            case LeftoverKind.Range:
                here.Ranges.Release(left.What, left.Detail ?? "");
                break;
            case LeftoverKind.Lock:
                File.Delete(left.What);
                break;
            case LeftoverKind.Folder or LeftoverKind.Entry when ProofOf(left, stillLive) is { } proof:
                RemoveFiles(left, proof);
                break;
        }
    }

    private Task RemoveTunnelAsync(MachineLeftover left, CancellationToken cancellation)
    {
        var tunnel = new WireguardTunnel(here.Runner, here.Path ?? "", here.IsRoot);
        return left.Detail is { } name
            ? tunnel.DownAsync(here.Home.Deployment(left.DeploymentId), name, cancellation)
            : tunnel.RemoveStagedAsync(left.DeploymentId, cancellation);
    }

    // The proof that no contract is left, or null if there is none. A folder's Terraform state or its index entry may be the
    // last record of a contract.
    private string? ProofOf(MachineLeftover left, LeakReport stillLive)
    {
        if (stillLive.Contracts.Any(leak => leak.DeploymentId == left.DeploymentId))
        {
            return null;
        }

        if (EntryOf(left)?.Grid is { } grid && stillLive.Grids.Contains(grid) && stillLive.Problems.Count == 0)
        {
            return EndedDeployment.ByGrid;
        }

        DeploymentFolder folder = here.Home.Deployment(left.DeploymentId);
        var look = TerraformLook.At(folder);
        bool neverApplied = left.Kind == LeftoverKind.Folder && !look.Exists && !File.Exists(folder.TerraformApplyLog);
        return neverApplied ? EndedDeployment.NeverApplied
            : look is { Exists: true, Problem: null, Resources.Count: 0 } ? EndedDeployment.Unverified : null;
    }

    private IndexEntry? EntryOf(MachineLeftover left) =>
        index.Read().FirstOrDefault(entry => entry.Id == left.DeploymentId);

    private void RemoveFiles(MachineLeftover left, string proof)
    {
        // A deployment with a tombstone was finished just before.
        if (new EndedDeployments(here.Home).Find(left.DeploymentId) is not null)
        {
            return;
        }

        IndexEntry? entry = EntryOf(left);
        new DeploymentRemoval(here, index).Remove(new EndedDeployment
        {
            Id = left.DeploymentId,
            Name = entry?.Name ?? "",
            AppName = entry?.AppName ?? "",
            AppPath = entry?.AppPath ?? "",
            Grid = entry?.Grid ?? "",
            CreatedAt = entry?.CreatedAt,
            EndedAt = here.Clock.GetUtcNow(),
            Contracts =
            [
                .. TerraformLook.At(here.Home.Deployment(left.DeploymentId)).Contracts.Select(contract => contract.Id),
            ],
            Proof = proof,
        });
    }

    // One that cannot be cleaned does not block the others; the search afterwards shows what stays.
    private async Task<bool> AttemptAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception problem) when (problem is DiagnosticException or IOException or UnauthorizedAccessException)
        {
            here.Events.Emit(new Note($"{what}: {problem.Message}"));
            return false;
        }
    }
}
