using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// The phases in their order, each with whether it runs and why, and what the infrastructure phase changes.
/// </summary>
public sealed record DeploymentPlan(IReadOnlyList<PhaseStep> Steps)
{
    /// <summary>Null if the infrastructure phase does not run or has not been planned yet.</summary>
    public InfrastructurePlan? Infrastructure { get; init; }

    /// <summary>The app's variables whose value changes because it now comes from another source.</summary>
    public IReadOnlyList<MovedValue> MovedValues { get; init; } = [];

    public bool NothingToDo => Steps.All(step => !step.Runs);

    public bool Runs(PhaseId phase) => Steps.Any(step => step.Phase == phase && step.Runs);
}
