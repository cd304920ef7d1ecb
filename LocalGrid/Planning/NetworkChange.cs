using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What an apply has to do to a network.</summary>
/// <param name="Removed">Nodes that leave the network.</param>
internal sealed record NetworkChange(NetworkRecord Network, IReadOnlyList<NetworkMember> Removed)
{
    /// <summary>Why the create failed at a node after others had joined, where it could not be reverted either.</summary>
    public GridException? Failure { get; init; }
}
