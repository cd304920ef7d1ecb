using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>
/// <c>down</c>, as a recipe: destroy, prove, forget. From the deployment's record alone; the state goes last, and only when it is proven that nothing
/// is left that costs money.
/// </summary>
public sealed class DownOrchestrator(Surroundings here, DeploymentIndex index, LockTerms terms, Action<DeploymentFolder> attachLog)
{
    /// <param name="found">The deployment.</param>
    /// <param name="unverified">Ends on Terraform's word alone: a paid grid is not asked.</param>
    /// <param name="cancellation">Lets the running tool end by itself.</param>
    public async Task RunAsync(DeploymentRecord found, bool unverified, CancellationToken cancellation)
    {
        using DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);
        DeploymentRecord record = here.Store.Load(found.Id) ?? throw Gone(found);
        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, SharedTarget.Of(record) with { MayBeMissing = true }, cancellation);
        record = shared.Existing ?? record;
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        attachLog(folder);
        here.Mask.Add(record.Seed);
        if (shared.Ended is { } ended)
        {
            await ForgetCopyAsync(record, ended, cancellation);
            return;
        }

        var hooks = LifecycleHooks.Load(here);
        await hooks.BeforeAsync(LifecycleHooks.Down, LifecycleHookFacts.Of(record), cancellation);
        var destruction = DeploymentDestruction.Prepare(here, record);
        string proof = ProofOf(record, folder, unverified);
        await shared.HoldAsync(cancellation);
        record = here.Store.Save(WithKnownContracts(record, folder) with { Status = DeploymentStatus.Destroying });
        var journal = new RunJournal(new Journal(folder.Journal), "down", terms.Holder(), here.Store.Version, here.Clock);
        journal.Begin();
        await shared.PublishAsync(cancellation);
        try
        {
            await DestroyAndProveAsync(destruction, record, proof, cancellation);
        }
        catch (Exception problem)
        {
            Recording.Try(here.Events, () => journal.End(problem));
            throw;
        }

        await shared.EndAsync(movedTo: null, cancellation);
        SayWhatStaysElsewhere(record);
        journal.Done();
        new DeploymentRemoval(here, index).Remove(EndedDeployment.Of(record, here.Clock.GetUtcNow(), proof));
        await hooks.AfterAsync(LifecycleHooks.Down, LifecycleHookFacts.Of(record), cancellation);
    }

    // Another machine destroyed it, or moved its state: what is left is this machine's end.
    private async Task ForgetCopyAsync(DeploymentRecord record, SharedEnd ended, CancellationToken cancellation)
    {
        here.Events.Emit(new Note($"{(ended.MovedTo is { } place ? $"its state was moved to {place}" : "it was destroyed")} by {ended.By}; this machine's copy is removed"));
        await DeploymentDestruction.CloseWaysAsync(here, record, cancellation);
        if (ended.MovedTo is null)
        {
            new DeploymentRemoval(here, index).Remove(EndedDeployment.Of(record, here.Clock.GetUtcNow(), EndedDeployment.Elsewhere));
            return;
        }

        // It lives elsewhere: no tombstone, for its contracts are nobody's leak.
        new DeploymentLink(here).Remove(record);
        new UnfinishedRecords(here.Home, here.Ranges, index).Forget(record);
    }

    private void SayWhatStaysElsewhere(DeploymentRecord record)
    {
        if (TunnelRule.Elsewhere(record) is { } tunnel)
        {
            here.Events.Emit(new Note($"{tunnel.Host} still has the interface {tunnel.Interface}; `tfgrid-compose down {record.Id}` there removes it"));
        }
    }

    private async Task DestroyAndProveAsync(DeploymentDestruction destruction, DeploymentRecord record, string proof, CancellationToken cancellation)
    {
        var end = new EndProof(here, record, asksGrid: proof == EndedDeployment.ByGrid);
        DiagnosticException? failure = await destruction.RunAsync(cancellation);
        if (failure is not null)
        {
            throw await WithWhatIsLeftAsync(end, failure, cancellation);
        }

        DeploymentEnd left = await ProveAsync(end, record, cancellation);
        if (!left.NothingLeft)
        {
            throw end.Left(left, null);
        }
    }

    // The grid cannot be asked, or not about the right twin: nothing is proven, and the user can decide to go without.
    private static async Task<DeploymentEnd> ProveAsync(EndProof end, DeploymentRecord record, CancellationToken cancellation)
    {
        try
        {
            return await end.ProveAsync(cancellation);
        }
        catch (DiagnosticException problem) when (problem.Diagnostics.Any(diagnostic => diagnostic.Code is GridCodes.GridUnreachable or GridCodes.TwinUnknown or GridCodes.OtherTwin))
        {
            throw new DiagnosticException(problem.ExitCode, [.. problem.Diagnostics.Select(diagnostic => diagnostic with
            {
                Message = $"Whether anything of {record.Name} ({record.Id}) is left on the grid could not be verified; the state is kept. {diagnostic.Message}",
                Remedy = $"{diagnostic.Remedy}; or end it on Terraform's word alone: `tfgrid-compose down {record.Id} --unverified`",
            })]);
        }
    }

    private async Task<DiagnosticException> WithWhatIsLeftAsync(EndProof end, DiagnosticException failure, CancellationToken cancellation)
    {
        try
        {
            return end.Left(await end.LookAsync(cancellation), failure);
        }
        catch (DiagnosticException second)
        {
            here.Events.Emit(new Note($"what is left could not be looked at: {second.Message}"));
            return failure;
        }
    }

    private string ProofOf(DeploymentRecord record, DeploymentFolder folder, bool unverified)
    {
        // Asking the local grid costs nothing.
        if (GridName.Parse(record.Grid).IsLocal)
        {
            return EndedDeployment.ByGrid;
        }

        if (!DeploymentDestruction.WasApplied(here, record))
        {
            return EndedDeployment.NeverApplied;
        }

        return !unverified ? EndedDeployment.ByGrid : TerraformLook.At(folder).Problem is not { } problem ? EndedDeployment.Unverified : throw new DiagnosticException(
            ExitCode.Infrastructure,
            LeakCodes.StateUnreadable,
            $"{record.Name} ({record.Id}) cannot end on Terraform's word: {problem}",
            $"run `tfgrid-compose down {record.Id}`, which asks the grid; or move the damaged file away and run the command again");
    }

    // A record of an earlier version, or of a run that was killed after its apply, does not name them yet; after the destroy no state does.
    private static DeploymentRecord WithKnownContracts(DeploymentRecord record, DeploymentFolder folder) =>
        ContractRecording.WithFailure(record, TerraformLook.At(folder).Contracts, []);

    private static DiagnosticException Gone(DeploymentRecord record) => new(
        ExitCode.Conflict, StateCodes.NotFound, $"{record.Name} ({record.Id}) is gone already.", "nothing is left to do");
}
