using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record Leftover(string Kind, string Name)
{
    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>Things with the local grid's names that no live contract owns.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<Leftover> Find(WorldPaths paths, GridWorld world)
    {
        var machines = world.Vms.Select(item => item.Vm.Machine).ToHashSet();
        var members = world.Networks.SelectMany(n => n.Members).ToList();
        var namespaces = members.Select(m => m.Namespace).Concat(machines).ToHashSet();
        var contracts = world.Deployments.Select(d => $"c{d.Contract}").ToHashSet();
        return
        [
            .. DeadDeployments(world),
            .. world.Networks.Where(n => n.Maker is { IsAlive: false }).Select(n => new Leftover("network", n.Id)),
            .. Names(paths.Machines).Where(n => !machines.Contains(n)).Select(n => new Leftover("machine", n)),
            .. CgroupNames().Where(n => !machines.Contains(n)).Select(n => new Leftover("cgroup", n)),
            .. Names("/run/netns").Where(n => IsOurs(n) && !namespaces.Contains(n)).Select(n => new Leftover("namespace", n)),
            .. Names("/sys/class/net").Where(n => IsOurs(n) && !IsWanted(n, namespaces, world)).Select(n => new Leftover("link", n)),
            .. Names("/run/wireguard")
                .Where(n => n.StartsWith("tfl-w", StringComparison.Ordinal)
                    && !members.Any(m => n == $"{WireGuardGateway.InterfaceOf(m)}.sock"))
                .Select(n => new Leftover("wireguard", n)),
            .. Names(paths.Disks).Where(n => !contracts.Contains(n)).Select(n => new Leftover("disks", n)),
            .. Names(paths.Secrets)
                .Where(n => !world.Networks.Any(net => paths.SecretsOf(net.Id).EndsWith(n, StringComparison.Ordinal)))
                .Select(n => new Leftover("secrets", n)),
            .. Names(paths.Images)
                .Where(n => n != SafeImageName() && !IsMounted(Path.Combine(paths.Images, n)))
                .Select(n => new Leftover("image", n)),
        ];
    }

    // Made by a process that is gone, or dead since a reboot: nobody will end it but its owner's next apply, or this.
    private static IEnumerable<Leftover> DeadDeployments(GridWorld world) => world.Deployments
        .Where(d => d.Maker is { IsAlive: false })
        .Select(d => new Leftover("deployment", $"{d.Contract}"));

    private static bool IsOurs(string name) => name.StartsWith("tfl-", StringComparison.Ordinal);

    private static bool IsWanted(string link, HashSet<string> namespaces, GridWorld world) =>
        namespaces.Contains(link) || (link == FabricAddress.Bridge && !world.IsEmpty);

    private static IEnumerable<string> CgroupNames() => Cgroups.HostHasSystemd
        ? []
        : Cgroups.DirectoriesOf("x")
            .Select(d => Path.GetDirectoryName(d) ?? "")
            .SelectMany(Names)
            .Where(n => n.StartsWith("tfl-v", StringComparison.Ordinal))
            .Distinct();

    private static string SafeImageName()
    {
        try
        {
            return BaseImage.CurrentName;
        }
        catch (GridException)
        {
            return "";
        }
    }

    private static bool IsMounted(string image) =>
        File.ReadLines("/proc/self/mounts").Any(line => line.Contains($"lowerdir={image},", StringComparison.Ordinal));

    private static IEnumerable<string> Names(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)) : [];
}
