using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// <c>plan</c>: the steps of <c>up</c> as far as its plan, in a copy that is gone afterwards. Takes no lock and runs no
/// hook.
/// </summary>
public sealed class PlanOrchestrator(Surroundings here, DeploymentLocator locator, Func<LockHolder> asker)
{
    public async Task<PlanResult> RunAsync(AppRequest request, EarlyLook look, CancellationToken cancellation)
    {
        request.RequireTrust(here);
        using var scratch = PlanScratch.Create(here);
        DeploymentRecord? existing = await ExistingAsync(request, scratch, cancellation);
        GridName grid = request.GridFor(existing, locator);
        await using CheckedRequest ready = await CheckedRequest.OfAsync(
            here,
            existing,
            look,
            () => new ValidatePhase(here).RunAsync(request, grid, existing, cancellation),
            cancellation);
        UpRun run = await OpenAsync(request, ready.App, existing, scratch, cancellation);
        using var phases = new PhaseSequence(run);
        PlannedPhases planned = await phases.PlanAsync(ready, cancellation);
        return new PlanResult(run.Record, existing is null, planned.Plan);
    }

    // The newest record. A shared deployment that this machine never fetched must not be planned as a new one.
    private async Task<DeploymentRecord?> ExistingAsync(
        AppRequest request, PlanScratch scratch, CancellationToken cancellation)
    {
        if (locator.OfApp(request.Manifest.AppFolder, request.Name) is { } known)
        {
            return await new SharedReader(here, asker()).NewestAsync(known, cancellation);
        }

        return request.PlaceIn(here) is { } place
            && await new SharedLookup(scratch.Here).FindAsync(place, cancellation) is { } shared
            ? throw SharedProblems.NotAttached(place, shared)
            : null;
    }

    private async Task<UpRun> OpenAsync(
        AppRequest request,
        ValidatedApp app,
        DeploymentRecord? existing,
        PlanScratch scratch,
        CancellationToken cancellation)
    {
        scratch.UseProvidersOf(app.Grid);
        DeploymentRecord record = existing is null
            ? new DeploymentCreation(here).Draft(app, request.Name, here.Ranges.Peek())
            : DeploymentCreation.Refreshed(existing, app);
        here.Mask.Add(record.Seed);
        await scratch.CopyAsync(record.Id, cancellation);
        return new UpRun(scratch.Here, app, record, request.Asked with { TakesNoLock = true });
    }
}
