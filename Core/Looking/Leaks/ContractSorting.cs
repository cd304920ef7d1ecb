using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>Decides which live contracts are leaks, and whose they are. A pure function.</summary>
public static class ContractSorting
{
    public static IReadOnlyList<LeakedContracts> Sort(
        GridName grid, IReadOnlyList<GridContract> live, IReadOnlyList<KnownDeployment> known)
    {
        // If several homes know a deployment, one that says it is alive is right.
        var byId = known.GroupBy(deployment => deployment.Id)
            .ToDictionary(same => same.Key, same => same.MinBy(deployment => deployment.As) ?? same.First());

        // The contracts of names and networks carry no tag; a tombstone knows them by their numbers.
        Dictionary<long, string> recorded = [];
        foreach (KnownDeployment ended in byId.Values.Where(deployment => deployment.As == KnownAs.Ended
            && deployment.Grid == grid.Value))
        {
            foreach (long contract in ended.Contracts ?? [])
            {
                recorded.TryAdd(contract, ended.Id);
            }
        }

        // A name alone, of a deployment that nobody here or on the grid speaks of, proves nothing: `net_wordpress` may be anybody's.
        string[] ids = [.. byId.Keys, .. live.Select(contract => contract.DeploymentId).OfType<string>()];
        string? NamedFor(GridContract contract) => ids.FirstOrDefault(contract.IsNamedFor);

        // A local grid that was made anew counts from the start again.
        bool HasNumber(GridContract contract) => grid.IsLocal ? contract.Project.Length == 0 : contract.IsAnonymous;

        return
        [
            .. live
                .Where(contract => contract.IsLive)
                .Select(contract => (Contract: contract, Id: contract.DeploymentId ?? NamedFor(contract)
                    ?? (HasNumber(contract) ? recorded.GetValueOrDefault(contract.Id) : null)))
                .Where(item => item.Id is not null && Leaks(item.Contract, byId.GetValueOrDefault(item.Id)))
                .GroupBy(item => item.Id ?? "")
                .Select(group => Of(grid, group.Key, byId.GetValueOrDefault(group.Key), [
                    .. group.Select(item => item.Contract).OrderBy(contract => contract.Id),
                ]))
                .OrderBy(leak => leak.Owner).ThenBy(leak => leak.DeploymentId, StringComparer.Ordinal),
        ];
    }

    private static bool Leaks(GridContract contract, KnownDeployment? known) =>
        known is not { As: KnownAs.Living } || (known.Contracts is { } named && !named.Contains(contract.Id));

    private static LeakedContracts Of(
        GridName grid, string id, KnownDeployment? known, IReadOnlyList<GridContract> contracts) => known switch
        {
            null => new(grid.Value, id, "", LeakOwner.Foreign, "no deployment of yours", contracts),
            { As: KnownAs.Living } => new(
                grid.Value,
                id,
                known.Name,
                LeakOwner.Ours,
                "the deployment exists, but its Terraform state does not contain them",
                contracts)
            { IsStray = true },
            _ => new(grid.Value, id, known.Name, LeakOwner.Ours, known.Reason, contracts),
        };
}
