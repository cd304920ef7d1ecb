namespace TfgridCompose.LocalGrid.Engine;

/// <summary>A grid_deployment as asked for. Without a contract it is a new one.</summary>
internal sealed record DeploymentSpec
{
    public long? Contract { get; init; }

    public required int Node { get; init; }

    public required string Name { get; init; }

    public string SolutionType { get; init; } = "";

    public string NetworkName { get; init; } = "";

    public List<DiskSpec> Disks { get; init; } = [];

    public List<VmSpec> Vms { get; init; } = [];
}

internal sealed record DiskSpec(string Name, int SizeGb);
