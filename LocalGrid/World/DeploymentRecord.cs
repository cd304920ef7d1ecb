using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

internal sealed class DeploymentRecord
{
    public required long Contract { get; init; }

    public required int Node { get; init; }

    public required string Name { get; init; }

    public string SolutionType { get; set; } = "";

    public string? NetworkId { get; init; }

    public string NetworkName { get; set; } = "";

    public long CreatedAt { get; init; }

    /// <summary>The process that is creating it; null afterwards. A record whose process is gone is a leftover.</summary>
    public ProcessIdentity? Maker { get; set; }

    /// <summary>The number of the user for whom it was created; null if an older build created it.</summary>
    public long? Owner { get; set; }

    public List<DiskRecord> Disks { get; set; } = [];

    public List<VmRecord> Vms { get; set; } = [];

    public string ProjectName => SolutionType.Length > 0 ? SolutionType : $"vm/{Name}";
}
