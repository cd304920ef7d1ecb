namespace TfgridCompose.LocalGrid.Foundation;

internal static class MountTable
{
    /// <summary>Lines of /proc/self/mounts: source, mount point, type, options.</summary>
    public static IEnumerable<string> Lines(Computer computer) => File.ReadLines(computer.At("/proc/self/mounts"));

    public static IEnumerable<string> MountPoints(Computer computer) => Lines(computer).Select(line => line.Split(' ')[1]);

    public static bool IsMountPoint(Computer computer, string path) => MountPoints(computer).Contains(path);
}
