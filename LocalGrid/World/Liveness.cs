using TfgridCompose.LocalGrid.Machines;

namespace TfgridCompose.LocalGrid.World;

/// <summary>Whether what the world says is still there. Needs no root.</summary>
internal static class Liveness
{
    public static bool IsAlive(NetworkRecord network) =>
        network.Maker is not { IsAlive: false } && network.Members.All(NodeNetwork.IsAlive);

    /// <summary>A machine whose network is gone is of no use to anybody.</summary>
    public static bool IsAlive(GridWorld world, DeploymentRecord deployment) =>
        deployment.Vms.All(vm => vm.Process is { IsAlive: true })
        && world.Networks.FirstOrDefault(n => n.Id == deployment.NetworkId)?.MemberOn(deployment.Node) is { } member
        && NodeNetwork.IsAlive(member);
}
