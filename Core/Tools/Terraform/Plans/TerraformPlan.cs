namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>A saved plan, read.</summary>
/// <param name="Changes">What differs; reads and what stays are left out.</param>
/// <param name="OutputsChange">Whether outputs differ, also where no resource does.</param>
/// <param name="Gone">Machines of resources that the state names and the grid does not have any more.</param>
public sealed record TerraformPlan(IReadOnlyList<ResourceChange> Changes, bool OutputsChange, IReadOnlyList<MachineBlock> Gone)
{
    public static TerraformPlan Empty { get; } = new([], false, []);

    public bool IsEmpty => Changes.Count == 0 && !OutputsChange;
}
