using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>
/// <c>down</c>, as a recipe: hold, prepare, destroy and prove, forget. It works from the deployment's record alone. The state
/// is removed last, and only once it is proven that nothing is left that costs money.
/// </summary>
public sealed class DownOrchestrator(
    Surroundings here, DeploymentIndex index, LockTerms terms, Action<DeploymentFolder> attachLog)
{
    /// <param name="found">The deployment.</param>
    /// <param name="unverified">Relies on Terraform's state alone: a paid grid is not asked.</param>
    /// <param name="cancellation">Lets the running tool end by itself.</param>
    public async Task RunAsync(DeploymentRecord found, bool unverified, CancellationToken cancellation)
    {
        await using DeploymentHold hold = await DeploymentHold.TakeAsync(here, terms, found, cancellation);
        DeploymentRecord record = hold.Existing ?? found;
        attachLog(here.Home.Deployment(record.Id));
        here.Mask.Add(record.Seed);
        if (hold.Shared.Ended is { } ended)
        {
            await ForgetCopyAsync(record, ended, cancellation);
            return;
        }

        var hooks = LifecycleHooks.Load(here);
        await hooks.BeforeAsync(LifecycleHooks.Down, LifecycleHookFacts.Of(record), cancellation);
        var destruction = ProvenDestruction.Prepare(here, record, unverified);
        await hold.Shared.HoldAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        DeploymentStatus before = record.Status;
        record = MarkDestroying(record);
        RunJournal journal = JournalOf(record, cancellation);
        journal.Begin();
        try
        {
            await hold.Shared.PublishAsync(cancellation);
            await destruction.RunAsync(record, cancellation);
        }
        catch (Exception problem)
        {
            Recording.Try(here.Events, () => journal.End(problem));
            Recording.Try(here.Events, () => Undo(record, before, destruction));
            throw;
        }

        await hold.Shared.EndAsync(movedTo: null, cancellation);
        SayWhatStaysElsewhere(record);
        journal.Done();
        new DeploymentRemoval(here, index)
            .Remove(EndedDeployment.Of(record, here.Clock.GetUtcNow(), destruction.Proof));
        await hooks.AfterAsync(LifecycleHooks.Down, LifecycleHookFacts.Of(record), cancellation);
    }

    // A record of an earlier version, or of a run that was killed after its apply, does not name the contracts yet. After the
    // destroy, no state names them either.
    private DeploymentRecord MarkDestroying(DeploymentRecord record)
    {
        var look = TerraformLook.At(here.Home.Deployment(record.Id));
        return here.Store.Save(ContractRecording.WithFailure(record, look, []) with
        {
            Status = DeploymentStatus.Destroying,
        });
    }

    private RunJournal JournalOf(DeploymentRecord record, CancellationToken cancellation) =>
        new(
            new Journal(here.Home.Deployment(record.Id).Journal),
            "down",
            terms.Holder(),
            here.Store.Version,
            here.Clock)
        {
            Interrupted = cancellation,
        };

    // A run that failed or was cancelled before it removed anything has changed nothing.
    private void Undo(DeploymentRecord record, DeploymentStatus before, ProvenDestruction destruction)
    {
        if (!destruction.HasRemoved && before != DeploymentStatus.Destroying)
        {
            here.Store.Save(record with { Status = before });
            here.Events.Emit(new Note($"no machine was removed: the status of {record.Name} is {before.Word()} again; "
                    + "if its tunnel on this machine was closed, `tfgrid-compose up` opens it"));
        }
    }

    // Another machine destroyed the deployment or moved its state, so only this machine's copy is left.
    private async Task ForgetCopyAsync(DeploymentRecord record, SharedEnd ended, CancellationToken cancellation)
    {
        here.Events.Emit(
            new Note($"{(ended.MovedTo is { } place ? $"its state was moved to {place}" : "it was destroyed")} by "
                + $"{ended.By}; this machine's copy is removed"));
        await DeploymentDestruction.CloseWaysAsync(here, record, cancellation);
        if (ended.MovedTo is null)
        {
            new DeploymentRemoval(here, index)
                .Remove(EndedDeployment.Of(record, here.Clock.GetUtcNow(), EndedDeployment.Elsewhere));
            return;
        }

        // The deployment lives elsewhere, so it gets no tombstone: its contracts are not leaks.
        new DeploymentLink(here).Remove(record);
        new UnfinishedRecords(here.Home, here.Ranges, index).Forget(record);
    }

    private void SayWhatStaysElsewhere(DeploymentRecord record)
    {
        if (TunnelRule.Elsewhere(record) is { } tunnel)
        {
            here.Events.Emit(
                new Note($"{tunnel.Host} still has the interface {tunnel.Interface}; "
                    + $"`tfgrid-compose down {record.Id}` there removes it"));
        }
    }
}
