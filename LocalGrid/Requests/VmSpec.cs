namespace TfgridCompose.LocalGrid.Requests;

internal sealed record VmSpec
{
    public required string Name { get; init; }

    public string Flist { get; set; } = "";

    public string Entrypoint { get; set; } = "";

    /// <summary>The node keeps it with the machine, and takes another one for a change of the machine.</summary>
    public string? Description { get; init; }

    public int Cpu { get; set; } = 1;

    public long MemoryMb { get; init; }

    public long RootfsMb { get; init; }

    public string? Ip { get; init; }

    public bool PublicIp { get; init; }

    public bool PublicIp6 { get; init; }

    public string? MyceliumSeed { get; init; }

    public SortedDictionary<string, string> Environment { get; set; } = [];

    public List<MountSpec> Mounts { get; set; } = [];
}

internal sealed record MountSpec(string Disk, string Path);
