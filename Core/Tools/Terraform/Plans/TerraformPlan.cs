namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>The content of a saved plan.</summary>
/// <param name="Changes">The changes, without reads and no-ops.</param>
/// <param name="OutputsChange">Whether outputs change, even if no resource does.</param>
/// <param name="Gone">Machines that Terraform does not find any more, with the address of their resource.</param>
public sealed record TerraformPlan(
    IReadOnlyList<ResourceChange> Changes,
    bool OutputsChange,
    IReadOnlyList<(string Resource, MachineBlock Machine)> Gone)
{
    public static TerraformPlan Empty { get; } = new([], false, []);

    /// <summary>The resources that stay as they are.</summary>
    public IReadOnlyList<ResourceChange> Unchanged { get; init; } = [];

    /// <summary>All machines in the state, also those that do not change.</summary>
    public IReadOnlyList<MachineBlock> Known => [.. Changes.Concat(Unchanged).SelectMany(resource => resource.MachinesBefore)];

    /// <summary>The names of the outputs that change.</summary>
    public IReadOnlyList<string> ChangedOutputs { get; init; } = [];

    public bool IsEmpty => Changes.Count == 0 && !OutputsChange;
}
