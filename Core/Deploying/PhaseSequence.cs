using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;

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

    /// <summary>What runs and why; Terraform is asked where the infrastructure may run.</summary>
    public async Task<PlannedPhases> PlanAsync(Observation seen, CancellationToken cancellation)
    {
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
            return new PlannedPhases(plan, _afterInfrastructure);
        }

        _stage = new InfrastructureStage(_run);
        PlannedInfrastructure planned = await _stage.PlanAsync(seen.NeverSeen, cancellation);
        return new PlannedPhases(
            Planner.Plan(inputs, seen.Journal, seen, selection, planned.Plan),
            [new InfrastructurePhase(planned), .. _afterInfrastructure]);
    }

    // A saved plan holds variables in clear: it goes as soon as nobody needs it.
    public void Dispose() => _stage?.DeletePlan();
}
