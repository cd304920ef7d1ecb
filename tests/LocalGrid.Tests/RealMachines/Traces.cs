namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Everything on this host that has one of the given names.</summary>
internal static class Traces
{
    private static readonly string[] Places =
    [
        "/run/netns", "/sys/class/net", "/run/wireguard", "/run/systemd/nspawn/propagate",
        "/var/lib/tfgrid-localgrid/machines", "/var/lib/tfgrid-localgrid/disks", "/var/lib/tfgrid-localgrid/secrets",
        "/sys/fs/cgroup", .. Directory.EnumerateDirectories("/sys/fs/cgroup"),
    ];

    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> names) =>
    [
        .. Places.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFileSystemEntries(place))
            .Where(path => names.Any(name => Path.GetFileName(path).Contains(name, StringComparison.Ordinal))),
        .. File.ReadLines("/proc/self/mounts").Where(line => names.Any(name => line.Contains($"/{name}/", StringComparison.Ordinal))),
        .. Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .SelectMany(path => CommandLine(path))
            .Where(line => names.Any(name => line.Contains(name, StringComparison.Ordinal))),
    ];

    private static IEnumerable<string> CommandLine(string process)
    {
        try
        {
            return [File.ReadAllText($"{process}/cmdline").Replace('\0', ' ')];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
