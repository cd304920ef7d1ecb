namespace TfgridCompose.Core.Planning;

/// <summary>The phases in their order, each with whether it runs and why.</summary>
public sealed record DeploymentPlan(IReadOnlyList<PhaseStep> Steps)
{
    public bool NothingToDo => Steps.All(step => !step.Runs);
}
