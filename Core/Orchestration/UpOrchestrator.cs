using System.Text.Json;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.EnvironmentValues;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Grid;
using TfgridCompose.Core.Lifecycle;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Planning;
using TfgridCompose.Core.SharedState;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary><c>up</c>, as a recipe: lock, validate, plan, execute. Running it again is always safe.</summary>
public sealed class UpOrchestrator(Surroundings here, DeploymentLocator locator, DeploymentIndex index, Func<LockHolder> holder, Action<DeploymentFolder> attachLog)
{
    public async Task<UpResult> RunAsync(UpRequest request, CancellationToken cancellation)
    {
        LoadedManifest loaded = ManifestFile.Load(request.AppFolder);
        Manifest manifest = loaded.Manifest;
        foreach (Diagnostic warning in loaded.Warnings)
        {
            here.Events.Emit(new DiagnosticRaised(warning));
        }

        string name = request.Name ?? manifest.Name;
        using DeploymentLock gate = DeploymentLock.Take(here.Home, manifest.AppFolder, name, holder());
        DeploymentRecord? existing = locator.OfApp(manifest.AppFolder, name);
        using DeploymentLock? own = existing is null ? null : DeploymentLock.Take(here.Home, existing.Id, existing.Name, holder());
        await using SharedSession shared = await SharedSession.OpenAsync(here, index, holder(), SharedTarget.Of(here, manifest, name, existing), cancellation);
        using DeploymentLock? attached = shared.Attached ? DeploymentLock.Take(here.Home, shared.Existing?.Id ?? "", name, holder()) : null;
        existing = shared.Existing is { } known ? await TunnelRule.EnforceAsync(here, known, cancellation) : null;
        RequireSameName(request, manifest, existing);
        GridName grid = GridOf(request, manifest, existing);
        here.Events.Emit(new PhaseStarted(PhaseId.Validate, manifest.File));
        long started = here.Clock.GetTimestamp();
        var hooks = LifecycleHooks.Load(here);
        var facts = HookFacts.Of(manifest, grid.Value, existing);
        await hooks.BeforeAsync(PhaseId.Validate.Word(), facts, cancellation);
        ValidatedApp app = await new ValidatePhase(here).RunAsync(request, manifest, grid, existing, cancellation);
        here.Events.Emit(new PhaseCompleted(PhaseId.Validate, here.Clock.GetElapsedTime(started)));
        await hooks.AfterAsync(PhaseId.Validate.Word(), facts, cancellation);

        UpRun run = await OpenAsync(request, app, existing, name, shared, cancellation);
        return await ExecuteAsync(run, hooks, existing is null, cancellation);
    }

    // A plain `up` never makes a second deployment: not after the manifest was renamed either.
    private void RequireSameName(UpRequest request, Manifest manifest, DeploymentRecord? existing)
    {
        if (existing is null && request.Name is null && locator.OfFormerName(manifest.AppFolder, manifest.Name) is { } former)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.Renamed,
                $"This folder's deployment is {former.Name} ({former.Id}); the manifest now says '{manifest.Name}'.",
                $"name it '{former.Name}' again, remove it first: tfgrid-compose down {former.Id}, or deploy a second one: --name {manifest.Name}");
        }
    }

    private async Task<UpRun> OpenAsync(
        UpRequest request, ValidatedApp app, DeploymentRecord? existing, string name, SharedSession shared, CancellationToken cancellation)
    {
        MaskSecrets(app);
        var creation = new DeploymentCreation(here, index);
        if (existing is null)
        {
            // Claimed before it is made: of two machines that begin at once, one is refused with nothing to clean up.
            await shared.HoldAsync(cancellation);
        }

        DeploymentRecord record = existing is null ? await shared.BeginAsync(creation.Create(app, name), cancellation) : creation.Refreshed(existing, app);
        here.Mask.Add(record.Seed);
        here.Events.Emit(new DeploymentSelected(record.Id, record.AppName, record.PatternName, record.Grid, existing is null));
        var run = new UpRun(here, app, record, request) { Shared = shared };
        if (existing is null || !Same(record, existing))
        {
            run.Update(same => same);
        }

        attachLog(run.Folder);
        creation.Link(record);
        return run;
    }

    // Not record's own equality: it compares lists by reference, and a run that does nothing must write nothing.
    private static bool Same(DeploymentRecord one, DeploymentRecord other) =>
        JsonSerializer.Serialize(one, RecordJson.Default.DeploymentRecord) == JsonSerializer.Serialize(other, RecordJson.Default.DeploymentRecord);

    private async Task<UpResult> ExecuteAsync(UpRun run, LifecycleHooks hooks, bool isNew, CancellationToken cancellation)
    {
        var application = new ApplicationPhase();
        IPhase[] phases =
        [
            new InfrastructurePhase(), new NetworkPhase(), new WaitPhase(), new PlatformPhase(), application, new VerifyPhase(), new FinalizePhase(),
        ];
        var journal = new Journal(run.Folder.Journal);
        Observation seen = isNew ? new Observation(new Dictionary<PhaseId, string>()) : await Observation.OfAsync(run.Record, cancellation);
        DeploymentPlan plan = Planner.Plan([.. phases.Select(phase => (phase.Id, phase.Inputs(run), phase.RunsAfter))], journal.Read(), seen);
        if (plan.NothingToDo)
        {
            return new UpResult(run.Record, NothingToDo: true);
        }

        await (run.Shared?.HoldAsync(cancellation) ?? Task.CompletedTask);
        run.Update(record => record with { Status = DeploymentStatus.Deploying });
        try
        {
            await ExecuteStepsAsync(run, hooks, plan, phases, application, journal, cancellation);
        }
        catch
        {
            Recording.Try(run, () => run.Update(record => record with { Status = DeploymentStatus.Failed }));
            throw;
        }
        finally
        {
            await CloseConnectionsAsync(run);
        }

        return new UpResult(run.Record, NothingToDo: false);
    }

    private static async Task ExecuteStepsAsync(
        UpRun run, LifecycleHooks hooks, DeploymentPlan plan, IPhase[] phases, ApplicationPhase application, Journal journal, CancellationToken cancellation)
    {
        var executor = new PhaseExecutor(run, journal, hooks);

        // A hook that may stop the application does so before anything of it travels.
        bool copiesEarly = plan.Steps.Any(step => step is { Phase: PhaseId.Application, Runs: true }) && !hooks.Has(HookTime.Before, PhaseId.Application.Word());
        try
        {
            foreach ((IPhase phase, PhaseStep step) in phases.Zip(plan.Steps))
            {
                if (copiesEarly && step is { Phase: PhaseId.Platform, Runs: true })
                {
                    application.StartCopy(run, cancellation);
                }

                await executor.RunAsync(phase, step, cancellation);
            }
        }
        catch
        {
            await application.SettleAsync();
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

    private GridName GridOf(UpRequest request, Manifest manifest, DeploymentRecord? existing)
    {
        string? asked = request.Grid?.Value ?? manifest.Grid;
        if (existing is null)
        {
            return GridName.Parse(asked ?? request.DefaultGrid ?? "main");
        }

        if (existing.Status == DeploymentStatus.Destroying)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.BeingDestroyed,
                $"{existing.Name} ({existing.Id}) is being destroyed; a `down` did not come to its end.",
                $"finish it: tfgrid-compose down {existing.Id} --yes");
        }

        if (asked is not null && asked != existing.Grid)
        {
            throw new DiagnosticException(
                ExitCode.Conflict,
                StateCodes.OtherGrid,
                $"{existing.Name} ({existing.Id}) runs on the grid '{existing.Grid}', not '{asked}'.",
                $"deploy a second one with --name, or remove this one: tfgrid-compose down {existing.Id}");
        }

        return GridName.Parse(existing.Grid);
    }

    private void MaskSecrets(ValidatedApp app)
    {
        if (app.Mnemonic is { } mnemonic)
        {
            here.Mask.Add(mnemonic.Reveal());
        }

        foreach (EnvironmentValue secret in app.Environment.Where(value => value.IsSecret))
        {
            here.Mask.Add(secret.Value.Reveal());
        }
    }
}
