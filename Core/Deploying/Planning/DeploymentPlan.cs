using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// The phases in their order, each with whether it runs and why, and what the infrastructure phase changes.
/// </summary>
public sealed record DeploymentPlan(IReadOnlyList<PhaseStep> Steps)
{
    /// <summary>Null where the infrastructure does not run or was not looked at yet.</summary>
    public InfrastructurePlan? Infrastructure { get; init; }

    /// <summary>The variables of the app that get another value because it comes from elsewhere.</summary>
    public IReadOnlyList<MovedValue> MovedValues { get; init; } = [];

    public bool NothingToDo => Steps.All(step => !step.Runs);

    public bool Runs(PhaseId phase) => Steps.Any(step => step.Phase == phase && step.Runs);
}
