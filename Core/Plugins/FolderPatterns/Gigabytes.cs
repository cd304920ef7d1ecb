namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Converts sizes: options are in MB, but the grid's disks are in GB of 1024 MB.</summary>
internal static class Gigabytes
{
    public const long Megabytes = 1024;

    /// <summary>Rounded up, so that nothing becomes too small.</summary>
    public static long Of(long megabytes) => (megabytes + Megabytes - 1) / Megabytes;
}
