using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Whether what the world lists still exists. Needs no root.</summary>
internal sealed class Liveness(Computer computer)
{
    private readonly NodeNetwork _nodes = new(computer);

    public bool IsAlive(NetworkRecord network) => network.Maker is not { IsAlive: false } && network.Members.All(_nodes.IsAlive);

    /// <summary>A machine whose network is gone is of no use to anybody.</summary>
    public bool IsAlive(GridWorld world, DeploymentRecord deployment) =>
        deployment.Vms.All(vm => vm.Process is { IsAlive: true })
        && world.MemberOf(deployment) is { } member
        && _nodes.IsAlive(member);
}
