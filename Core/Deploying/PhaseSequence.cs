using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying;

/// <summary>The phases after validate, in order, and their plan. Disposing removes Terraform's saved plan.</summary>
internal sealed class PhaseSequence : IDisposable
{
    private readonly UpRun _run;
    private readonly IReadOnlyList<IPhase> _afterInfrastructure;
    private InfrastructureStage? _stage;

    public PhaseSequence(UpRun run)
    {
        _run = run;
        _afterInfrastructure =
            [
                new NetworkPhase(),
                new WaitPhase(),
                new PlatformPhase(),
                Application,
                new VerifyPhase(),
                new FinalizePhase(),
            ];
    }

    public ApplicationPhase Application { get; } = new();

    /// <summary>What runs and why; Terraform is asked if the infrastructure may run.</summary>
    public async Task<PlannedPhases> PlanAsync(CheckedRequest ready, CancellationToken cancellation)
    {
        Observation seen = ready.Seen;
        PhaseInputs[] inputs =
        [
            InfrastructurePhase.InputsOf(_run),
            .. _afterInfrastructure.Select(phase => phase.InputsOf(_run)),
        ];
        PhaseSelection selection = _run.Request.Selection;
        selection.RequireGround(inputs, seen.Journal);
        DeploymentPlan plan = Planner.Plan(inputs, seen.Journal, seen, selection);
        if (!plan.Runs(PhaseId.Infrastructure))
        {
            return WithMovedValues(new PlannedPhases(await CheckedAsync(plan, infrastructure: null), _afterInfrastructure));
        }

        _stage = new InfrastructureStage(_run);
        PlannedInfrastructure planned = await _stage.PlanAsync(seen, cancellation);
        plan = Planner.Plan(inputs, seen.Journal, seen, selection, planned.Plan);
        return WithMovedValues(new PlannedPhases(
            await CheckedAsync(plan, planned.Plan), [new InfrastructurePhase(planned), .. _afterInfrastructure]));

        // A run without the verify phase also reports "running", so the repeated checks must have passed.
        async Task<DeploymentPlan> CheckedAsync(DeploymentPlan made, InfrastructurePlan? infrastructure)
        {
            if (made.Runs(PhaseId.Verify) || selection.LeavesOut(PhaseId.Verify) is not null)
            {
                await ready.Checks.DisposeAsync();
                return made;
            }

            if (await ready.Checks.FailureAsync() is not { } failure)
            {
                return made;
            }

            Application.Repairs = true;
            return Planner.Plan(
                inputs, seen.Journal, seen.WithFailedCheck(failure), selection, infrastructure);
        }
    }

    /// <summary>
    /// Updates the recorded parts of skipped phases whose fingerprint is unchanged. A part that does not concern a phase may
    /// have changed, and would otherwise be named at the phase's next change.
    /// </summary>
    public void RememberSkipped(DeploymentPlan plan)
    {
        foreach (PhaseStep step in plan.Steps.Where(step => !step.Runs))
        {
            if (InputRecording.Of(_run.Record, step.Phase) is { } known)
            {
                TryRemember(known, step.Phase);
            }
        }
    }

    private void TryRemember(RecordedInputs known, PhaseId id)
    {
        try
        {
            IPhase? phase = _afterInfrastructure.FirstOrDefault(each => each.Id == id);
            if (known.Inputs == (phase?.Inputs(_run) ?? _run.Stage.InfrastructureInputs))
            {
                IReadOnlyList<InputPart> parts = phase?.Parts(_run) ?? InfrastructureParts.Of(_run);
                _run.Remember(record => InputRecording.With(record, id, known.Inputs, parts));
            }
        }
        catch (DiagnosticException)
        {
            // The pattern has a defect, which the phase reports when it runs.
        }
    }

    // The warning comes before anything runs, because the former value is about to be overwritten.
    private PlannedPhases WithMovedValues(PlannedPhases planned)
    {
        if (!planned.Plan.Runs(PhaseId.Application) || _run.Record.Values.Count == 0)
        {
            return planned;
        }

        IReadOnlyList<MovedValue> moved = ValueOrigins.MovedIn(_run);
        foreach (MovedValue value in moved)
        {
            _run.Here.Events.Emit(new DiagnosticRaised(ValueOrigins.Warning(value)));
        }

        return planned with { Plan = planned.Plan with { MovedValues = moved } };
    }

    // A saved plan holds variables in clear text, so it is deleted as soon as it is no longer needed.
    public void Dispose() => _stage?.DeletePlan();
}
