using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// The node through which the user and hidden nodes come into a network: tfgrid-sdk-go/grid-client, workloads/network.go
/// (generateDeployments) and deployer/node_filter.go (GetPublicNode).
/// </summary>
internal static class AccessPoint
{
    /// <summary>
    /// The one that the network has, even where it is no longer among its nodes, if it answers; else the last of its nodes that has a
    /// public address; else a foreign node, which then has a contract of its own. 0: none is needed.
    /// </summary>
    public static int Of(GridWorld world, NetworkRecord network, NetworkSpec spec)
    {
        bool comesIn = spec.AddWireGuardAccess || spec.Nodes.Any(node => !IsPublic(node));
        bool isNeeded = spec.AddWireGuardAccess ? spec.Nodes.Count > 0 : comesIn && spec.Nodes.Count > 1;
        if (!isNeeded)
        {
            return 0;
        }

        int known = network.PublicNode > 0 ? network.PublicNode : network.Access?.Node ?? 0;
        return GridCatalog.Find(known) is { } kept && world.IsHealthy(kept) && !GridFaults.IsDead(world, known) ? known
            : spec.Nodes.LastOrDefault(IsPublic) is var own and > 0 ? own
            : Foreign(world);
    }

    public static bool IsPublic(int node) => GridCatalog.Find(node)?.PublicIpv4 is not null;

    private static int Foreign(GridWorld world) =>
        GridCatalog.Nodes.FirstOrDefault(node => IsPublic(node.Id) && world.IsHealthy(node))?.Id ?? throw new GridException(
            "could not generate deployments data: failed to get public node: could not find enough nodes with specified options", "");
}
