using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Removes everything that belongs to no contract.</summary>
internal sealed class Prune(WorldStore store, Computer computer)
{
    private readonly WorldPaths _paths = store.Paths;
    private readonly Leftovers _leftovers = new(store.Paths, computer);
    private readonly IpCommands _ip = new(computer);

    public RemovalReport Run()
    {
        // Under the lock: another process records everything in the world before it creates it on the computer.
        List<Leftover> removed = store.Change(world => _leftovers.Find(world).Where(Remove).ToList());
        removed.AddRange(_leftovers.Find(store.Read()).Where(RemoveRecord));
        store.Change(new Fabric(computer).RemoveIfUnused);
        return new RemovalReport([.. removed.Select(left => left.ToString())]);
    }

    private bool Remove(Leftover left)
    {
        switch (left.Kind)
        {
            case Leftover.Machine or Leftover.Cgroup:
                new VmMachine(_paths, computer).Remove(Orphan(left.Name), null);
                return true;
            case Leftover.Namespace:
                _ip.RunAll(null, $"netns del {left.Name}");
                return true;
            case Leftover.Link:
                _ip.RunAll(null, $"link del {left.Name}");
                return true;
            case Leftover.WireGuard:
                File.Delete(computer.At($"/run/wireguard/{left.Name}"));
                return true;
            case Leftover.Disks:
                new DiskImages(_paths, computer).RemoveAll(long.Parse(left.Name[1..], CultureInfo.InvariantCulture));
                return true;
            case Leftover.Secrets:
                File.Delete(Path.Combine(_paths.Secrets, left.Name));
                return true;
            case Leftover.Image:
                return RemoveImage(Path.Combine(_paths.Images, left.Name));
            default:
                return false;
        }
    }

    // These engines take the lock themselves, so they run after it is released.
    private bool RemoveRecord(Leftover left)
    {
        switch (left.Kind)
        {
            case Leftover.Deployment:
                new DeploymentEngine(store, computer).Delete(long.Parse(left.Name, CultureInfo.InvariantCulture));
                return true;
            case Leftover.Network:
                new NetworkEngine(store, computer).Delete(left.Name);
                return true;
            default:
                return false;
        }
    }

    private bool RemoveImage(string image)
    {
        try
        {
            using var held = FileLock.Take(_paths.ImageLock, TimeSpan.Zero, computer.Clock);
            Trees.Delete(computer, image);
            return true;
        }
        catch (GridException)
        {
            // An image is being built right now.
            return false;
        }
    }

    private static VmRecord Orphan(string machine) => new()
    {
        Name = machine,
        Index = int.Parse(machine["tfl-v".Length..], CultureInfo.InvariantCulture),
    };
}
