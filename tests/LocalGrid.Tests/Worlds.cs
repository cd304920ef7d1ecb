using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests;

/// <summary>Worlds without machines.</summary>
internal static class Worlds
{
    public static NetworkRecord WithNetwork(GridWorld world, params int[] nodes)
    {
        var spec = new NetworkSpec
        {
            Name = $"net{world.Networks.Count}",
            IpRange = "10.1.0.0/16",
            Nodes = [.. nodes],
            AddWireGuardAccess = true,
        };
        return NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec).Network;
    }

    public static DeploymentSpec Deployment(NetworkRecord network, int node, params VmSpec[] vms) =>
        new() { Name = "vm", Node = node, NetworkName = network.Name, Vms = [.. vms] };

    public static VmSpec Vm(string name = "one", long memory = 1024) =>
        new() { Name = name, MemoryMb = memory, Flist = "https://hub/x.flist" };
}
