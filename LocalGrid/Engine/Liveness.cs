using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Whether networks and deployments of the world still exist. Needs no root.</summary>
internal sealed class Liveness(Computer computer)
{
    private readonly NodeNetwork _nodes = new(computer);

    public bool IsAlive(NetworkRecord network) => network.Maker is not { IsAlive: false } && network.Members.All(_nodes.IsAlive);

    /// <summary>A machine without its network counts as dead.</summary>
    public bool IsAlive(GridWorld world, DeploymentRecord deployment) =>
        deployment.Vms.All(vm => vm.Process is { IsAlive: true })
        && world.MemberOf(deployment) is { } member
        && _nodes.IsAlive(member);
}
