using System.Globalization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal static class NodeViews
{
    /// <summary>A full zos node without gateways.</summary>
    public static readonly string[] Features = ["zmount", "volume", "ipv4", "ip", "network", "zmachine", "wireguard", "mycelium"];

    public static NodeView InList(NodeUsage usage, QueriedGrid grid)
    {
        (ResourcesView total, ResourcesView used) = Resources(usage);
        GridNode node = usage.Node;
        return new NodeView
        {
            Id = IdOf(node),
            NodeId = node.Id,
            FarmId = node.Farm.Id,
            FarmName = node.Farm.Name,
            TwinId = node.TwinId,
            Country = node.Farm.Country,
            City = node.Farm.City,
            Location = Place(node),
            PublicConfig = PublicConfigOf(node),
            Uptime = Uptime(),
            UpdatedAt = Now(),
            Dedicated = IsIdle(grid.World, node),
            Rentable = IsIdle(grid.World, node),
            Healthy = grid.World.IsHealthy(node),
            FarmFreeIps = grid.PublicIps.Free(node.Farm).Count(),
            Total = total,
            Used = used,
        };
    }

    public static NodeDetails Single(NodeUsage usage, QueriedGrid grid)
    {
        (ResourcesView total, ResourcesView used) = Resources(usage);
        GridNode node = usage.Node;
        return new NodeDetails
        {
            Id = IdOf(node),
            NodeId = node.Id,
            FarmId = node.Farm.Id,
            FarmName = node.Farm.Name,
            TwinId = node.TwinId,
            Country = node.Farm.Country,
            City = node.Farm.City,
            Location = Place(node),
            PublicConfig = PublicConfigOf(node),
            Uptime = Uptime(),
            UpdatedAt = Now(),
            Dedicated = IsIdle(grid.World, node),
            Rentable = IsIdle(grid.World, node),
            Healthy = grid.World.IsHealthy(node),
            FarmFreeIps = grid.PublicIps.Free(node.Farm).Count(),
            Capacity = new CapacityView(total, used),
        };
    }

    private static (ResourcesView Total, ResourcesView Used) Resources(NodeUsage usage) => (
        new ResourcesView(usage.Node.Cpus, usage.Node.Disk, 0, usage.Node.Memory),
        new ResourcesView(usage.Cpus, GridNode.ReservedDisk + usage.UsedDisk, 0, usage.Node.ReservedMemory + usage.UsedMemory));

    // GridProxy calls any node without contracts dedicated: it could be rented as a whole.
    private static bool IsIdle(GridWorld world, GridNode node) =>
        world.Deployments.All(d => d.Node != node.Id) && world.Networks.All(n => n.MemberOn(node.Id) is null);

    private static string IdOf(GridNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Id:0000000000}-000001-local");

    private static PublicConfigView PublicConfigOf(GridNode node) => node.PublicIpv4 is { } ip
        ? new PublicConfigView { Ipv4 = $"{ip}/24", Gw4 = FarmQuery.Gateway }
        : new PublicConfigView();

    private static LocationView Place(GridNode node) => new(node.Farm.Country, node.Farm.City, null, null);

    private static long Uptime() => Environment.TickCount64 / 1000;

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
