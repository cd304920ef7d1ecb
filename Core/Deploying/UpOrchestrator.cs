using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
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

namespace TfgridCompose.Core.Deploying;

/// <summary><c>up</c>, as a recipe: lock, validate, observe, plan, agree, execute. Running it again is always safe.</summary>
public sealed class UpOrchestrator(Surroundings here, DeploymentLocator locator, LockTerms terms, Action<DeploymentFolder> attachLog)
{
    private readonly PhaseSequence _phases = new();

    public async Task<UpResult> RunAsync(UpRequest request, CancellationToken cancellation)
    {
        var asked = AppRequest.Load(request, here.Events);
        PlanScratch.Sweep();
        new UnfinishedRecords(here.Home, here.Ranges, new DeploymentIndex(here.Home)).Clear();
        using DeploymentGate gate = await DeploymentGate.OfAppAsync(here.Home, asked.Manifest.AppFolder, asked.Name, terms, cancellation);
        DeploymentRecord? existing = locator.OfApp(asked.Manifest.AppFolder, asked.Name);
        if (existing is not null)
        {
            await gate.AddAsync(existing, cancellation);
        }

        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, SharedTarget.Of(here, asked.Manifest, asked.Name, existing), cancellation);
        existing = shared.Existing is { } known ? await TunnelRule.EnforceAsync(here, known, cancellation) : null;
        if (existing is not null && shared.Attached)
        {
            await gate.AddAsync(existing, cancellation);
        }

        GridName grid = asked.GridFor(existing, locator);

        // Looking at the machines and at the request do not wait for each other.
        Task<Observation> observation = ObserveAsync(existing, cancellation);
        var hooks = LifecycleHooks.Load(here);
        ValidatedApp app = await ValidateAsync(asked, grid, existing, hooks, cancellation);
        Observation seen = await observation;
        return seen.Refusals.Count == 0
            ? await ExecuteAsync(await OpenAsync(asked, app, existing, gate, shared, cancellation), hooks, seen, existing, cancellation)
            : throw new DiagnosticException(ExitCode.Verification, seen.Refusals);
    }

    private Task<Observation> ObserveAsync(DeploymentRecord? existing, CancellationToken cancellation) => existing is null
        ? Task.FromResult(Observation.Nothing)
        : Observation.OfAsync(existing, here.Home.Deployment(existing.Id), here.Runner, cancellation);

    private async Task<ValidatedApp> ValidateAsync(AppRequest asked, GridName grid, DeploymentRecord? existing, LifecycleHooks hooks, CancellationToken cancellation)
    {
        here.Events.Emit(new PhaseStarted(PhaseId.Validate, asked.Manifest.File));
        long started = here.Clock.GetTimestamp();
        var facts = HookFacts.Of(asked.Manifest, grid.Value, existing);
        await hooks.BeforeAsync(PhaseId.Validate.Word(), facts, cancellation);
        ValidatedApp app = await new ValidatePhase(here).RunAsync(asked.Asked, asked.Manifest, grid, existing, cancellation);
        here.Events.Emit(new PhaseCompleted(PhaseId.Validate, here.Clock.GetElapsedTime(started)));
        await hooks.AfterAsync(PhaseId.Validate.Word(), facts, cancellation);
        return app;
    }

    private async Task<UpRun> OpenAsync(AppRequest asked, ValidatedApp app, DeploymentRecord? existing, DeploymentGate gate, SharedSession shared, CancellationToken cancellation)
    {
        app.MaskSecrets(here.Mask);
        if (existing is null)
        {
            // Claimed before it is made: of two machines that begin at once, one is refused with nothing to clean up.
            await shared.HoldAsync(cancellation);
        }

        DeploymentRecord record = existing is null
            ? await shared.BeginAsync(new DeploymentCreation(here).Create(app, asked.Name), cancellation)
            : DeploymentCreation.Refreshed(existing, app);
        here.Mask.Add(record.Seed);
        here.Events.Emit(new DeploymentSelected(record.Id, record.AppName, record.PatternName, record.Grid, existing is null));
        var run = new UpRun(here, app, record, asked.Asked) { Shared = shared };
        if (existing is null)
        {
            // The app's folder may move while this runs.
            await gate.AddAsync(record, cancellation);
            run.Update(same => same);
        }

        attachLog(run.Folder);
        new DeploymentLink(here).Point(record);
        return run;
    }

    private async Task<UpResult> ExecuteAsync(UpRun run, LifecycleHooks hooks, Observation seen, DeploymentRecord? existing, CancellationToken cancellation)
    {
        var executor = new PhaseExecutor(run, new RunJournal(new Journal(run.Folder.Journal), "up", terms.Holder(), here.Store.Version, here.Clock), hooks);
        DeploymentStatus before = run.Record.Status;
        try
        {
            DeploymentPlan plan = await PlanAsync(run, executor, seen, cancellation);
            if (plan.NothingToDo)
            {
                if (existing is null || !DeploymentCreation.IsSame(run.Record, existing))
                {
                    run.Update(same => same);
                }

                return new UpResult(run.Record, UpOutcome.NothingToDo);
            }

            here.Events.Emit(new PlanMade(plan));
            if (!await AgreesAsync(run, plan, isNew: existing is null))
            {
                return new UpResult(run.Record, UpOutcome.Declined);
            }

            await RunAsync(run, executor, hooks, plan, before, cancellation);
            return new UpResult(run.Record, UpOutcome.Done);
        }
        finally
        {
            _phases.Infrastructure.DeletePlan();
            await CloseConnectionsAsync(run);
        }
    }

    // Terraform's own check of the plan is a part of the infrastructure phase: where it fails, that phase has failed. What runs goes on running.
    private async Task<DeploymentPlan> PlanAsync(UpRun run, PhaseExecutor executor, Observation seen, CancellationToken cancellation)
    {
        try
        {
            return await _phases.PlanAsync(run, seen, cancellation);
        }
        catch (DiagnosticException problem) when (problem.ExitCode == ExitCode.Infrastructure)
        {
            executor.RecordFailedPlan(problem);
            if (run.Record.Status != DeploymentStatus.Running)
            {
                Recording.Try(run, () => run.Update(record => record with { Status = DeploymentStatus.Failed }));
            }

            throw;
        }
    }

    // What costs money is agreed to beforehand; the local grid costs nothing. Where it is not, or nobody can say, a new deployment is forgotten again.
    private async Task<bool> AgreesAsync(UpRun run, DeploymentPlan plan, bool isNew)
    {
        bool agreed = false;
        try
        {
            return agreed = run.App.Grid.IsLocal || plan.Infrastructure is not { ChangesResources: true } || run.Request.Approve(plan);
        }
        finally
        {
            if (!agreed && isNew)
            {
                await (run.Shared?.WithdrawAsync() ?? Task.CompletedTask);
                new DeploymentCreation(here).Discard(run.Record);
            }
        }
    }

    private async Task RunAsync(UpRun run, PhaseExecutor executor, LifecycleHooks hooks, DeploymentPlan plan, DeploymentStatus before, CancellationToken cancellation)
    {
        await (run.Shared?.HoldAsync(cancellation) ?? Task.CompletedTask);
        run.Update(record => record with { Status = DeploymentStatus.Deploying });
        executor.Journal.Begin();
        try
        {
            await ExecuteStepsAsync(run, executor, hooks, plan, cancellation);
        }
        catch (Exception problem)
        {
            Recording.Try(run, () => run.Update(record => record with { Status = DeploymentStatus.Failed }));
            Recording.Try(run, () => executor.Journal.End(problem));
            throw;
        }

        // The last phase says that it runs; without it (--only) nothing is known that was not known before.
        if (!plan.Runs(PhaseId.Finalize))
        {
            run.Update(record => record with { Status = before });
        }

        executor.Journal.Done();
    }

    private async Task ExecuteStepsAsync(UpRun run, PhaseExecutor executor, LifecycleHooks hooks, DeploymentPlan plan, CancellationToken cancellation)
    {
        // A hook that may stop the application does so before anything of it travels.
        bool copiesEarly = plan.Runs(PhaseId.Application) && !hooks.Has(HookTime.Before, PhaseId.Application.Word());
        try
        {
            foreach ((IPhase phase, PhaseStep step) in _phases.All.Zip(plan.Steps))
            {
                if (copiesEarly && step is { Phase: PhaseId.Platform, Runs: true })
                {
                    _phases.Application.StartCopy(run, cancellation);
                }

                await executor.RunAsync(phase, step, cancellation);
            }
        }
        catch
        {
            await _phases.Application.SettleAsync();
            throw;
        }
    }

    private static async Task CloseConnectionsAsync(UpRun run)
    {
        foreach (RecordedHost host in run.Record.Hosts.Where(host => host.SshAddress is not null))
        {
            await run.Ssh(host).CloseAsync();
        }
    }
}
