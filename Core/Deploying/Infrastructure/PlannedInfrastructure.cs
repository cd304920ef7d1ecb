using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>What Terraform would change, and the folder that holds exactly this plan.</summary>
public sealed record PlannedInfrastructure(InfrastructurePlan Plan, TerraformWorkspace Terraform)
{
    /// <summary>What must be done before the apply, once the user has agreed to the plan.</summary>
    public Func<CancellationToken, Task> BeforeApply { get; init; } = _ => Task.CompletedTask;

    /// <summary>What must be done after the apply, before the outputs are read.</summary>
    public Func<CancellationToken, Task> AfterApply { get; init; } = _ => Task.CompletedTask;
}
