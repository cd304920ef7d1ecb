namespace TfgridCompose.LocalGrid.World;

/// <summary>A disk of a deployment.</summary>
internal sealed record DiskRecord(string Name, int SizeGb)
{
    /// <summary>A loop image of the disk's size.</summary>
    public const string Ext4 = "ext4";

    /// <summary>Without a limit: this computer has no loop devices.</summary>
    public const string Directory = "directory";

    public string Kind { get; set; } = Ext4;
}
