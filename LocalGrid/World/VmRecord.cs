using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

internal sealed record VmRecord
{
    public required string Name { get; init; }

    public required int Index { get; init; }

    public int Cpu { get; set; } = 1;

    public long MemoryMb { get; init; }

    public long RootfsMb { get; init; }

    public string Ip { get; set; } = "";

    public string? PublicIp { get; init; }

    public string? PublicIp6 { get; init; }

    public string? MyceliumIp { get; init; }

    /// <summary>Of all that the machine was made from. Another hash means that it must be made again.</summary>
    public string SpecHash { get; set; } = "";

    public ProcessIdentity? Process { get; init; }

    /// <summary>Its disks, so that it can be booted again; null: made by an older build, which did not record them.</summary>
    public List<MountRecord>? Mounts { get; set; }

    public string Machine => $"tfl-v{Index}";
}
