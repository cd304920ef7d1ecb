namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Options hold sizes in MB; the grid counts disks in GB of 1024 MB.</summary>
internal static class Gigabytes
{
    public const long Megabytes = 1024;

    /// <summary>Rounded up, so that nothing is too small.</summary>
    public static long Of(long megabytes) => (megabytes + Megabytes - 1) / Megabytes;
}
