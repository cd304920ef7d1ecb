using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Ends contracts from outside Terraform: all of them, or those of one owner.</summary>
internal sealed class Reset(WorldStore store)
{
    public RemovalReport Run(bool all)
    {
        List<string> removed = End(_ => true);
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

    /// <summary>Ends the contracts of one solution type: what a Terraform that died half-way made and its state does not know.</summary>
    public RemovalReport Cancel(string solutionType) => new(End(own => own == solutionType));

    /// <summary>Ends contracts by their numbers; a network goes when all of its contracts are named.</summary>
    public RemovalReport CancelContracts(IReadOnlyList<string> ids)
    {
        var meant = ids.Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new GridException("Bad contract", $"'{id}' is no contract's number")).ToHashSet();
        return new(End(
            deployment => meant.Contains(deployment.Contract),
            network => network.Members.All(member => meant.Contains(member.Contract))));
    }

    private List<string> End(Func<string, bool> isMeant) =>
        End(deployment => isMeant(deployment.SolutionType), network => isMeant(network.SolutionType));

    private List<string> End(Func<DeploymentRecord, bool> isMeant, Func<NetworkRecord, bool> isMeantNetwork)
    {
        var world = store.Read();
        var ended = new List<string>();
        foreach (var deployment in world.Deployments.Where(isMeant))
        {
            new DeploymentEngine(store).Delete(deployment.Contract);
            ended.Add($"deployment {deployment.Contract}");
        }

        foreach (var network in world.Networks.Where(isMeantNetwork))
        {
            new NetworkEngine(store).Delete(network.Id);
            ended.Add($"network {network.Name}");
        }

        return ended;
    }
}
