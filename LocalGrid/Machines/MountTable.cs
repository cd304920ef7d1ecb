namespace TfgridCompose.LocalGrid.Machines;

internal static class MountTable
{
    public static IEnumerable<string> MountPoints() => File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')[1]);

    public static bool IsMountPoint(string path) => MountPoints().Contains(path);
}
