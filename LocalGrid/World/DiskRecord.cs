namespace TfgridCompose.LocalGrid.World;

/// <summary>A disk of a deployment. Kind: "ext4" (a loop image of the size) or "directory" (no limit; loop devices are missing).</summary>
internal sealed record DiskRecord(string Name, int SizeGb)
{
    public string Kind { get; set; } = "ext4";
}
