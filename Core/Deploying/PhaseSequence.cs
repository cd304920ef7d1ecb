using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying;

/// <summary>The phases after validate, in their order, and the plan of them.</summary>
internal sealed class PhaseSequence
{
    public PhaseSequence() =>
        All = [Infrastructure, new NetworkPhase(), new WaitPhase(), new PlatformPhase(), Application, new VerifyPhase(), new FinalizePhase()];

    public InfrastructurePhase Infrastructure { get; } = new();

    public ApplicationPhase Application { get; } = new();

    public IReadOnlyList<IPhase> All { get; }

    /// <summary>What runs and why; Terraform is asked where the infrastructure may run.</summary>
    public async Task<DeploymentPlan> PlanAsync(UpRun run, Observation seen, CancellationToken cancellation)
    {
        PhaseInputs[] inputs = [.. All.Select(phase => new PhaseInputs(phase.Id, phase.Inputs(run), phase.RunsAfter))];
        PhaseSelection selection = run.Request.Selection;
        selection.RequireGround(inputs, seen.Journal);
        DeploymentPlan plan = Planner.Plan(inputs, seen.Journal, seen, selection);
        return plan.Runs(PhaseId.Infrastructure)
            ? Planner.Plan(inputs, seen.Journal, seen, selection, await Infrastructure.PlanAsync(run, seen.NeverSeen, cancellation))
            : plan;
    }
}
