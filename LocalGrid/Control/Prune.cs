using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Removes what no live contract owns.</summary>
internal sealed class Prune(WorldStore store)
{
    public RemovalReport Run()
    {
        // Under the lock: what another process is about to use is in the world before it is on the machine.
        var removed = store.Change(world => Leftovers.Find(store.Paths, world).Where(Remove).ToList());
        foreach (var dead in Leftovers.Find(store.Paths, store.Read()).Where(RemoveRecord))
        {
            removed.Add(dead);
        }

        store.Change(NetworkEngine.RemoveFabricIfUnused);
        return new RemovalReport([.. removed.Select(left => left.ToString())]);
    }

    private bool Remove(Leftover left)
    {
        var paths = store.Paths;
        switch (left.Kind)
        {
            case "machine" or "cgroup":
                new VmMachine(paths).Remove(Orphan(left.Name), null);
                return true;
            case "namespace":
                IpCommands.RunAll(null, $"netns del {left.Name}");
                return true;
            case "link":
                IpCommands.RunAll(null, $"link del {left.Name}");
                return true;
            case "wireguard":
                File.Delete(Path.Combine("/run/wireguard", left.Name));
                return true;
            case "disks":
                new DiskImages(paths).RemoveAll(long.Parse(left.Name[1..], CultureInfo.InvariantCulture));
                return true;
            case "secrets":
                File.Delete(Path.Combine(paths.Secrets, left.Name));
                return true;
            case "image":
                return RemoveImage(Path.Combine(paths.Images, left.Name));
            default:
                return false;
        }
    }

    // These change the world themselves, so they wait until the lock is free.
    private bool RemoveRecord(Leftover left)
    {
        switch (left.Kind)
        {
            case "deployment":
                new DeploymentEngine(store).Delete(long.Parse(left.Name, CultureInfo.InvariantCulture));
                return true;
            case "network":
                new NetworkEngine(store).Delete(left.Name);
                return true;
            default:
                return false;
        }
    }

    private bool RemoveImage(string image)
    {
        try
        {
            using var held = FileLock.Take(store.Paths.ImageLock, TimeSpan.Zero);
            Trees.Delete(image);
            return true;
        }
        catch (GridException)
        {
            // Somebody is building one at this moment.
            return false;
        }
    }

    private static VmRecord Orphan(string machine) => new()
    {
        Name = machine,
        Index = int.Parse(machine["tfl-v".Length..], CultureInfo.InvariantCulture),
    };
}
