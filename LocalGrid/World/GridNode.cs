namespace TfgridCompose.LocalGrid.World;

/// <summary>A node that the local grid pretends to have. Sizes are in bytes, as in GridProxy.</summary>
internal sealed record GridNode(int Id, GridFarm Farm, int Cpus, long Memory, long Disk)
{
    public int TwinId => 100 + Id;

    /// <summary>
    /// The node's own public address; null for a hidden node, behind the router of a home. Only a node that has one can be the access
    /// point of a network.
    /// </summary>
    public string? PublicIpv4 => Farm.PublicIpCount > 0 ? $"203.0.113.{200 + Id}" : null;

    /// <summary>Zos keeps a tenth of the memory, at least 2 GiB, for itself.</summary>
    public long ReservedMemory => Math.Max(Memory / 10, 2 * GridCatalog.GiB);

    public static long ReservedDisk => 20 * GridCatalog.GiB;
}
