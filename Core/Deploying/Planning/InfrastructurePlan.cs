using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the infrastructure phase would change: Terraform's resources, and the machines in them.</summary>
public sealed record InfrastructurePlan(TerraformPlan Terraform, IReadOnlyList<HostChange> Hosts)
{
    /// <summary>Whether anything on the grid changes; outputs alone do not.</summary>
    public bool ChangesResources => Terraform.Changes.Count > 0;
}
