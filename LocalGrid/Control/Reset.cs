using System.Globalization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>Ends contracts from outside Terraform: all of them, or those of one owner.</summary>
internal sealed class Reset(WorldStore store, Computer computer)
{
    public RemovalReport Run(bool all)
    {
        List<string> removed = End(_ => true);
        store.Change(after => after.Faults.Clear());
        removed.AddRange(new Prune(store, computer).Run().Removed);
        string[] kept = all ? [store.Paths.Images, store.Paths.Caches] : [];
        foreach (string directory in kept.Where(Directory.Exists))
        {
            Trees.Delete(computer, directory);
            removed.Add(directory);
        }

        return new RemovalReport(removed);
    }

    /// <summary>
    /// Ends the contracts of one solution type. If Terraform was killed half-way, some of them may not be in its state.
    /// </summary>
    public RemovalReport Cancel(string solutionType) => new(End(own => own == solutionType));

    /// <summary>Ends contracts by their numbers; a network is removed if all of its contracts are listed.</summary>
    public RemovalReport CancelContracts(IReadOnlyList<string> ids)
    {
        var meant = ids.Select(ContractOf).ToHashSet();
        return new(End(
            deployment => meant.Contains(deployment.Contract),
            network => network.Members.All(member => meant.Contains(member.Contract))));
    }

    private static long ContractOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new GridException("Bad contract", $"'{id}' is not the number of a contract");

    private List<string> End(Func<string, bool> isMeant) =>
        End(deployment => isMeant(deployment.SolutionType), network => isMeant(network.SolutionType));

    private List<string> End(Func<DeploymentRecord, bool> isMeant, Func<NetworkRecord, bool> isMeantNetwork)
    {
        GridWorld world = store.Read();
        var ended = new List<string>();
        foreach (DeploymentRecord deployment in world.Deployments.Where(isMeant))
        {
            new DeploymentEngine(store, computer).Delete(deployment.Contract);
            ended.Add($"deployment {deployment.Contract}");
        }

        foreach (NetworkRecord network in world.Networks.Where(isMeantNetwork))
        {
            new NetworkEngine(store, computer).Delete(network.Id);
            ended.Add($"network {network.Name}");
        }

        return ended;
    }
}
