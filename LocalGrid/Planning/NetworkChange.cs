using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What an apply has to do to a network.</summary>
/// <param name="Removed">Nodes that leave the network.</param>
internal sealed record NetworkChange(NetworkRecord Network, IReadOnlyList<NetworkMember> Removed);
