namespace TfgridCompose.LocalGrid.World;

internal static class RootFileSystem
{
    /// <summary>
    /// The smallest one in MB, and what a machine gets that asks for 0: 500 MB, and 2 GB where CPUs times memory is 8 GB or more
    /// (zosbase/pkg/gridtypes/zos/zmachine.go, MinRootSize).
    /// </summary>
    public static long LeastMb(int cpus, long memoryMb) => cpus * memoryMb / (8 * 1024) == 0 ? 500 : 2048;
}
