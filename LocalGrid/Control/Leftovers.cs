using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Everything that has a name of the local grid and belongs to no contract.</summary>
internal sealed class Leftovers(WorldPaths paths, Computer computer)
{
    private readonly List<string> _closed = [];

    /// <summary>The leftovers that this user may see, and the folders that only root may read.</summary>
    public (IReadOnlyList<Leftover> Found, IReadOnlyList<string> Closed) Look(GridWorld world)
    {
        _closed.Clear();
        return (List(world, TryNames), [.. _closed]);
    }

    /// <summary>All leftovers. Throws if a folder cannot be read.</summary>
    public IReadOnlyList<Leftover> Find(GridWorld world) => List(world, Names);

    private IReadOnlyList<Leftover> List(GridWorld world, Func<string, IEnumerable<string>> names)
    {
        var machines = world.Vms.Select(item => item.Vm.Machine).ToHashSet();
        var members = world.Networks.SelectMany(network => network.Members).ToList();
        var namespaces = members.Select(member => member.Namespace).Concat(machines).ToHashSet();
        var sockets = members.Select(member => $"{WireGuardGateway.InterfaceOf(member)}.sock").ToHashSet();
        var contracts = world.Deployments.Select(deployment => $"c{deployment.Contract}").ToHashSet();
        var secrets = world.Networks.Select(network => Path.GetFileName(paths.SecretsOf(network.Id))).ToHashSet();
        return
        [
            // The process that was creating them is gone. Only prune, or the next apply of their owner, would remove them.
            .. Of(Leftover.Deployment, from each in world.Deployments where IsDead(each.Maker) select $"{each.Contract}"),
            .. Of(Leftover.Network, from each in world.Networks where IsDead(each.Maker) select each.Id),
            .. Of(Leftover.Machine, names(paths.Machines).Where(name => !machines.Contains(name))),
            .. Of(Leftover.Cgroup, new Cgroups(computer).Machines().Where(name => !machines.Contains(name))),
            .. Of(Leftover.Namespace, Ours("/run/netns", names).Where(name => !namespaces.Contains(name))),
            .. Of(Leftover.Link, Links(world, names).Where(name => !namespaces.Contains(name))),
            .. Of(Leftover.WireGuard, Ours("/run/wireguard", names).Where(name => !sockets.Contains(name))),
            .. Of(Leftover.Disks, names(paths.Disks).Where(name => !contracts.Contains(name))),
            .. Of(Leftover.Secrets, names(paths.Secrets).Where(name => !secrets.Contains(name))),
            .. Of(Leftover.Image, OldImages(world, names)),
        ];
    }

    private static IEnumerable<Leftover> Of(string kind, IEnumerable<string> names) =>
        names.Select(name => new Leftover(kind, name));

    private static bool IsDead(ProcessIdentity? maker) => maker is { IsAlive: false };

    // The fabric's bridge is needed while something is deployed.
    private IEnumerable<string> Links(GridWorld world, Func<string, IEnumerable<string>> names) =>
        Ours("/sys/class/net", names).Where(name => name != FabricAddress.Bridge || world.IsEmpty);

    // A machine that is off boots from the image that it was made from.
    private IEnumerable<string> OldImages(GridWorld world, Func<string, IEnumerable<string>> names)
    {
        string[] current = [CurrentImage(MachineProfile.Usual), CurrentImage(MachineProfile.Harsh)];
        var recorded = world.Vms.Select(item => item.Vm.Image).ToHashSet();
        return names(paths.Images).Where(name =>
            !current.Contains(name) && !recorded.Contains(name) && !IsUsed(Path.Combine(paths.Images, name)));
    }

    private string CurrentImage(string profile)
    {
        try
        {
            return Path.GetFileName(new BaseImage(paths, computer).Current(profile));
        }
        catch (GridException)
        {
            // If no image can be built here, none is current.
            return "";
        }
    }

    private bool IsUsed(string image) =>
        MountTable.Lines(computer).Any(line => line.Contains($"lowerdir={image},", StringComparison.Ordinal));

    private IEnumerable<string> Ours(string directory, Func<string, IEnumerable<string>> names) =>
        names(computer.At(directory)).Where(name => name.StartsWith("tfl-", StringComparison.Ordinal));

    private static IReadOnlyList<string> Names(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path))]
        : [];

    private IReadOnlyList<string> TryNames(string directory)
    {
        try
        {
            return Names(directory);
        }
        catch (UnauthorizedAccessException)
        {
            _closed.Add(directory);
            return [];
        }
    }
}
