using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>Asks the grid for contracts by their numbers, so that no twin has to be known.</summary>
public sealed class ContractEnds(Surroundings here, GridName grid)
{
    /// <summary>Throws if the grid cannot be asked.</summary>
    public async Task<IReadOnlyDictionary<long, ContractEnd>> OfAsync(IReadOnlyList<long> contracts, CancellationToken cancellation)
    {
        var client = new GridClient(GridTransports.Of(grid, here));
        ContractEnd[] ends = await Task.WhenAll(contracts.Select(id => OfAsync(client, id, cancellation)));
        return contracts.Zip(ends).ToDictionary();
    }

    // Of contracts that have ended, the local grid keeps the last ones only.
    private async Task<ContractEnd> OfAsync(GridClient client, long id, CancellationToken cancellation) =>
        await client.ContractAsync(id, cancellation) switch
        {
            { IsLive: true } => ContractEnd.Live,
            null when !grid.IsLocal => ContractEnd.Unlisted,
            _ => ContractEnd.Ended,
        };
}
