using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Deploying;

/// <summary><c>plan</c>: what <c>up</c> would do, found the same way, in a copy that is gone afterwards. Takes no lock and runs no hook.</summary>
public sealed class PlanOrchestrator(Surroundings here, DeploymentLocator locator, Func<LockHolder> asker)
{
    public async Task<PlanResult> RunAsync(UpRequest request, CancellationToken cancellation)
    {
        var asked = AppRequest.Load(request, here.Events);
        using var scratch = PlanScratch.Create(here);
        DeploymentRecord? existing = await ExistingAsync(asked, scratch, cancellation);
        GridName grid = asked.GridFor(existing, locator);
        Task<Observation> observation = existing is null
            ? Task.FromResult(Observation.Nothing)
            : Observation.OfAsync(existing, here.Home.Deployment(existing.Id), here.Runner, cancellation);
        ValidatedApp app = await new ValidatePhase(here).RunAsync(request, asked.Manifest, grid, existing, cancellation);
        app.MaskSecrets(here.Mask);
        Observation seen = await observation;
        if (seen.Refusals.Count > 0)
        {
            throw new DiagnosticException(ExitCode.Verification, seen.Refusals);
        }

        scratch.UseProvidersOf(grid);
        DeploymentRecord record = existing is null ? new DeploymentCreation(here).Draft(app, asked.Name, here.Ranges.Peek()) : DeploymentCreation.Refreshed(existing, app);
        here.Mask.Add(record.Seed);
        scratch.Copy(record.Id);
        var run = new UpRun(scratch.Here, app, record, request with { TakesNoLock = true });
        DeploymentPlan plan = await new PhaseSequence().PlanAsync(run, seen, cancellation);
        return new PlanResult(record, existing is null, plan);
    }

    // A shared deployment as it is now; one that this machine never fetched is not planned as a new one.
    private async Task<DeploymentRecord?> ExistingAsync(AppRequest asked, PlanScratch scratch, CancellationToken cancellation)
    {
        if (locator.OfApp(asked.Manifest.AppFolder, asked.Name) is { } known)
        {
            return await new SharedReader(here, asker()).NewestAsync(known, cancellation);
        }

        return SharedTarget.PlaceOf(here, asked.Manifest, asked.Name) is { } place && await new SharedLookup(scratch.Here).FindAsync(place, cancellation) is { } shared
            ? throw SharedProblems.NotAttached(place, shared)
            : null;
    }
}
