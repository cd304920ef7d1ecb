using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Requests;

/// <summary>The grid_deployment to create or change. It is new if it has no contract.</summary>
internal sealed record DeploymentSpec
{
    public long? Contract { get; init; }

    public required int Node { get; init; }

    public required string Name { get; init; }

    public string SolutionType { get; set; } = "";

    public string NetworkName { get; set; } = "";

    /// <summary>What its new machines are like; those that it has already stay as they are.</summary>
    public string Profile { get; set; } = MachineProfile.Usual;

    public List<DiskSpec> Disks { get; set; } = [];

    public List<VmSpec> Vms { get; set; } = [];
}

internal sealed record DiskSpec(string Name, int SizeGb);
