namespace TfgridCompose.LocalGrid.World;

/// <summary>A disk of a deployment.</summary>
internal sealed record DiskRecord(string Name, int SizeGb)
{
    /// <summary>A loop image with the disk's size.</summary>
    public const string Ext4 = "ext4";

    /// <summary>A directory without a size limit, because this computer has no loop devices.</summary>
    public const string Directory = "directory";

    public string Kind { get; set; } = Ext4;
}
