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

    /// <summary>Hash of all that the machine was made from; another hash means: make it again.</summary>
    public string SpecHash { get; set; } = "";

    public ProcessIdentity? Process { get; init; }

    /// <summary>
    /// The deployment's disks in it, so that it can be booted again; null: made by an older build, which did not write
    /// them down.
    /// </summary>
    public List<MountRecord>? Mounts { get; set; }

    public string Machine => $"tfl-v{Index}";
}
