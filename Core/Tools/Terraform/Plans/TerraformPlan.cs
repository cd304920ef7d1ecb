namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>The content of a saved plan.</summary>
/// <param name="Changes">The changes, without reads and no-ops.</param>
/// <param name="OutputsChange">Whether outputs change, even if no resource does.</param>
/// <param name="Gone">Machines of resources that are in the state but no longer on the grid.</param>
public sealed record TerraformPlan(
    IReadOnlyList<ResourceChange> Changes, bool OutputsChange, IReadOnlyList<MachineBlock> Gone)
{
    public static TerraformPlan Empty { get; } = new([], false, []);

    public bool IsEmpty => Changes.Count == 0 && !OutputsChange;
}
