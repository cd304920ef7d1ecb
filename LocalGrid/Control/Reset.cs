using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Ends every contract, whoever made it.</summary>
internal sealed class Reset(WorldStore store)
{
    public RemovalReport Run(bool all)
    {
        var world = store.Read();
        var removed = new List<string>();
        foreach (var deployment in world.Deployments)
        {
            new DeploymentEngine(store).Delete(deployment.Contract);
            removed.Add($"deployment {deployment.Contract}");
        }

        foreach (var network in world.Networks)
        {
            new NetworkEngine(store).Delete(network.Id);
            removed.Add($"network {network.Name}");
        }

        store.Change(after => after.Faults.Clear());
        removed.AddRange(new Prune(store).Run().Removed);
        if (all)
        {
            removed.AddRange(new[] { store.Paths.Images, Path.GetDirectoryName(store.Paths.AptCache) ?? "" }.Where(Directory.Exists));
            Trees.Delete(store.Paths.Images);
            Trees.Delete(Path.GetDirectoryName(store.Paths.AptCache) ?? "");
        }

        return new RemovalReport(removed);
    }
}
