using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>What a query looks at.</summary>
internal sealed record QueriedGrid(GridWorld World, PublicIpPool PublicIps)
{
    /// <summary>The contracts that have ended.</summary>
    public IReadOnlyList<ChainContract> Ended { get; init; } = [];
}
