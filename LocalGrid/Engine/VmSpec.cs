namespace TfgridCompose.LocalGrid.Engine;

internal sealed record VmSpec
{
    public required string Name { get; init; }

    public string Flist { get; init; } = "";

    public string Entrypoint { get; init; } = "";

    public int Cpu { get; init; } = 1;

    public long MemoryMb { get; init; }

    public long RootfsMb { get; init; }

    public string? Ip { get; init; }

    public bool PublicIp { get; init; }

    public bool PublicIp6 { get; init; }

    public string? MyceliumSeed { get; init; }

    public SortedDictionary<string, string> Environment { get; init; } = [];

    public List<MountSpec> Mounts { get; init; } = [];
}

internal sealed record MountSpec(string Disk, string Path);
