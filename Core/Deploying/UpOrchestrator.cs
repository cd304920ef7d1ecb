using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// <c>up</c>, as a recipe: trust, hold, check, open, plan, agree, carry out. Running it again is always safe.
/// </summary>
public sealed class UpOrchestrator(
    Surroundings here, DeploymentLocator locator, LockTerms terms, Action<DeploymentFolder> attachLog)
{
    public async Task<UpResult> RunAsync(AppRequest request, EarlyLook look, CancellationToken cancellation)
    {
        LeftBehind.Clear(here);
        request.RequireTrust(here);
        await using DeploymentHold hold = await DeploymentHold.TakeAsync(here, locator, terms, request, cancellation);
        GridName grid = request.GridFor(hold.Existing, locator);
        var hooks = LifecycleHooks.Load(here);
        await using CheckedRequest ready =
            await CheckAsync(request, look, grid, hold.Existing, hooks, cancellation);
        UpRun run = await new RunOpening(here, hold, attachLog).OpenAsync(request, ready, cancellation);
        await using var work = new UpWork(run, hooks, JournalOf(run, cancellation));
        PlannedPhases planned = await work.PlanAsync(ready, cancellation);
        if (planned.Plan.NothingToDo)
        {
            return Unchanged(run, hold.Existing);
        }

        here.Events.Emit(new PlanMade(planned.Plan));
        if (!await new Agreement(run, isNew: hold.Existing is null).IsGivenAsync(planned.Plan))
        {
            return new UpResult(run.Record, UpOutcome.Declined);
        }

        await work.CarryOutAsync(planned, cancellation);
        return new UpResult(run.Record, UpOutcome.Done);
    }

    private Task<CheckedRequest> CheckAsync(
        AppRequest request,
        EarlyLook look,
        GridName grid,
        DeploymentRecord? existing,
        LifecycleHooks hooks,
        CancellationToken cancellation) =>
        CheckedRequest.OfAsync(
            here,
            existing,
            look,
            () => ValidateAsync(request, grid, existing, hooks, cancellation),
            cancellation);

    private async Task<ValidatedApp> ValidateAsync(
        AppRequest request,
        GridName grid,
        DeploymentRecord? existing,
        LifecycleHooks hooks,
        CancellationToken cancellation)
    {
        here.Events.Emit(new PhaseStarted(PhaseId.Validate, request.Manifest.File));
        long started = here.Clock.GetTimestamp();
        var facts = LifecycleHookFacts.Of(request.Manifest, grid.Value, existing);
        await hooks.BeforeAsync(PhaseId.Validate.Word(), facts, cancellation);
        ValidatedApp app = await new ValidatePhase(here).RunAsync(request, grid, existing, cancellation);
        here.Events.Emit(new PhaseCompleted(PhaseId.Validate, here.Clock.GetElapsedTime(started)));
        await hooks.AfterAsync(PhaseId.Validate.Word(), facts, cancellation);
        return app;
    }

    private RunJournal JournalOf(UpRun run, CancellationToken cancellation) =>
        new(new Journal(run.Folder.Journal), "up", terms.Holder(), here.Store.Version, here.Clock)
        {
            Interrupted = cancellation,
        };

    // A run that does nothing writes the record only if the request changes it.
    private static UpResult Unchanged(UpRun run, DeploymentRecord? existing)
    {
        if (existing is null || !DeploymentCreation.IsSame(run.Record, existing))
        {
            run.Update(same => same);
        }

        return new UpResult(run.Record, UpOutcome.NothingToDo);
    }
}
