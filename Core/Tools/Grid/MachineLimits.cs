namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// What a machine may be: CPUs and memory as the provider's schema says, names and root file systems as zos does, which
/// refuses them only at apply (zosbase/pkg/gridtypes: id.go, zos/zmachine.go).
/// </summary>
internal static class MachineLimits
{
    public const int MostCpus = 32;
    public const int LeastMemoryMb = 256;
    public const int MostMemoryMb = 262144;

    /// <summary>Of a network, a machine, a disk and any other workload.</summary>
    public const int LongestName = 36;

    private const long LargeFrom = 8 * 1024;

    /// <summary>The smallest root file system in MB: 2 GB where CPUs times memory is 8 GB or more.</summary>
    public static long LeastRootMb(long cpus, long memoryMb) => cpus * memoryMb < LargeFrom ? 500 : 2048;

    /// <summary>The smallest disk in whole GB, as machines are asked for.</summary>
    public static long LeastDiskGb(long cpus, long memoryMb) => (LeastRootMb(cpus, memoryMb) + 1023) / 1024;
}
