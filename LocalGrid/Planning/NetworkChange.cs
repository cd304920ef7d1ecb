using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What an apply has to do to a network.</summary>
/// <param name="Removed">Nodes that are no longer in it.</param>
internal sealed record NetworkChange(NetworkRecord Network, IReadOnlyList<NetworkMember> Removed);
