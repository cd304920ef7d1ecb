using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Ends contracts from outside Terraform: all of them, or those of one owner.</summary>
internal sealed class Reset(WorldStore store)
{
    public RemovalReport Run(bool all)
    {
        List<string> removed = End(_ => true, new HashSet<long>());
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

    /// <summary>Ends the contracts of one solution type but those kept: what a Terraform that died half-way made and its state does not know.</summary>
    public RemovalReport Cancel(string solutionType, IReadOnlySet<long> kept) => new(End(own => own == solutionType, kept));

    // A network is kept as a whole: its contracts are its nodes.
    private List<string> End(Func<string, bool> isMeant, IReadOnlySet<long> kept)
    {
        var world = store.Read();
        var ended = new List<string>();
        foreach (var deployment in world.Deployments.Where(deployment => isMeant(deployment.SolutionType) && !kept.Contains(deployment.Contract)))
        {
            new DeploymentEngine(store).Delete(deployment.Contract);
            ended.Add($"deployment {deployment.Contract}");
        }

        foreach (var network in world.Networks.Where(network => isMeant(network.SolutionType) && !network.Members.Any(member => kept.Contains(member.Contract))))
        {
            new NetworkEngine(store).Delete(network.Id);
            ended.Add($"network {network.Name}");
        }

        return ended;
    }
}
