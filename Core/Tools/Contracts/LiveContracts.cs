using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>What of a deployment the grid says is alive: contracts with its tag, and recorded and doubtful ones whatever they carry.</summary>
public sealed class LiveContracts(Surroundings here, DeploymentRecord record)
{
    private readonly GridName _grid = GridName.Parse(record.Grid);

    /// <summary>Throws where the grid cannot be asked or the twin is not known: then nothing is proven.</summary>
    /// <param name="patience">How long contracts may take to disappear.</param>
    /// <param name="notBefore">An empty answer before this moment does not count: a contract that was made just now may not show yet.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<IReadOnlyList<GridContract>> ReadAsync(GridPatience patience, DateTimeOffset notBefore, CancellationToken cancellation)
    {
        var client = new GridClient(GridTransports.Of(_grid, here));
        int? twin = await new GridTwin(_grid, client, here).FindAsync(record.ContractIds(), IsOwn, cancellation);
        return await (_grid.IsLocal ? GridPatience.None : patience).AskAsync(
            () => OnceAsync(client, twin, cancellation),
            live => live.Count == 0 && (_grid.IsLocal || here.Clock.GetUtcNow() >= notBefore),
            here.Clock,
            cancellation);
    }

    private bool IsOwn(GridContract contract) => contract.DeploymentId == record.Id || record.Contracts.Any(known => known.Id == contract.Id);

    private async Task<IReadOnlyList<GridContract>> OnceAsync(GridClient client, int? twin, CancellationToken cancellation)
    {
        var live = (await client.ContractsOfAsync(record.Id, twin, cancellation)).ToDictionary(contract => contract.Id);

        // On the local grid every contract carries its tag; on a paid one a name's does not.
        foreach (long id in record.ContractIds().Where(id => !_grid.IsLocal && !live.ContainsKey(id)))
        {
            if (await client.ContractAsync(id, cancellation) is { IsLive: true } contract && IsOfThis(contract, twin))
            {
                live[id] = contract;
            }
        }

        return [.. live.Values.OrderBy(contract => contract.Id)];
    }

    // A number in an error text may be anything: what belongs to another twin, or carries another tag, is not this deployment's.
    private bool IsOfThis(GridContract contract, int? twin) =>
        IsOwn(contract) || ((twin is null || contract.TwinId == twin) && contract.Project.Length == 0);
}
