using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying;

/// <summary>A plan, with the phases that carry it out.</summary>
/// <param name="Plan">Which phases run, and why.</param>
/// <param name="Phases">Every phase that runs; the infrastructure only where Terraform planned it.</param>
internal sealed record PlannedPhases(DeploymentPlan Plan, IReadOnlyList<IPhase> Phases)
{
    public IPhase Of(PhaseId id) => Phases.First(phase => phase.Id == id);
}
