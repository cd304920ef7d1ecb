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

    /// <summary>The hash of everything that the machine was created from. A node refuses to change it.</summary>
    public string SpecHash { get; set; } = "";

    public ProcessIdentity? Process { get; init; }

    /// <summary>Its disks, so that it can be booted again; null: created by an older build, which did not record them.</summary>
    public List<MountRecord>? Mounts { get; set; }

    /// <summary>The base image below its root file system; null: an older build did not record it.</summary>
    public string? Image { get; set; }
    /// <summary>What it was like when it was new: a <see cref="MachineProfile"/>; null if an older build created it.</summary>
    public string? Profile { get; set; }

    public string Machine => $"tfl-v{Index}";
}
