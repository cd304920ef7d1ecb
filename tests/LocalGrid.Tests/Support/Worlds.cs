using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>Worlds without machines.</summary>
internal static class Worlds
{
    public static readonly DateTimeOffset Now = LeapingClock.Start;

    /// <summary>A process that has ended, with a number that no process ever had.</summary>
    public static readonly ProcessIdentity Dead = new(int.MaxValue, 1, ProcessIdentity.CurrentBoot);

    public static HostFacts Host { get; } = new(DiskRecord.Ext4, new HashSet<string>(), Now);

    /// <summary>A network whose nodes have 10.1.2.0/24, 10.1.3.0/24 and so on, in the order of the call.</summary>
    public static NetworkRecord WithNetwork(GridWorld world, params int[] nodes)
    {
        var spec = new NetworkSpec
        {
            Name = $"net{world.Networks.Count}",
            IpRange = "10.1.0.0/16",
            Nodes = [.. nodes],
            Subnets = nodes.Select((node, i) => (node, i)).ToDictionary(pair => $"{pair.node}", pair => $"10.1.{pair.i + 2}.0/24"),
            AddWireGuardAccess = true,
        };
        return NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Now).Network;
    }

    public static DeploymentChange Deploy(GridWorld world, DeploymentSpec spec) => DeploymentPlanner.Plan(world, spec, Host);

    public static DeploymentSpec Deployment(NetworkRecord network, int node, params VmSpec[] vms) =>
        new() { Name = "vm", Node = node, NetworkName = network.Name, Vms = [.. vms] };

    public static VmSpec Vm(string name = "one", long memory = 1024) =>
        new() { Name = name, MemoryMb = memory, Flist = "https://hub/x.flist" };

    public static QueryAnswer Ask(GridWorld world, string request, params string[] hostAddresses) =>
        GridQuery.Answer(new QueriedGrid(world, new PublicIpPool(world, hostAddresses.ToHashSet())), request);
}
