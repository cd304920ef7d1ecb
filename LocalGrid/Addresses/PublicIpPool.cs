using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Addresses;

/// <summary>The farms' public addresses.</summary>
/// <param name="hostAddresses">
/// Addresses that this computer has routes for, which are not assigned: some test networks use the documentation ranges, too.
/// </param>
internal sealed class PublicIpPool(GridWorld world, IReadOnlySet<string> hostAddresses)
{
    public IEnumerable<string> Free(GridFarm farm)
    {
        var used = world.Vms.Select(item => item.Vm.PublicIp).OfType<string>().ToHashSet();
        return farm.PublicIps.Where(ip => !used.Contains(ip) && !hostAddresses.Contains(ip));
    }

    public string Take(GridNode node) => Free(node.Farm).FirstOrDefault() ?? throw new GridException(
        "No public IP is free",
        $"farm {node.Farm.Id} ({node.Farm.Name}) of node {node.Id} has {node.Farm.PublicIpCount} public IPv4 addresses "
            + "and none is free. Choose a node of another farm",
        "node");

    /// <summary>From the documentation range, a /64 for each farm. The machine's number makes it unique.</summary>
    public static string Ipv6(GridNode node, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"2001:db8:{node.Farm.Id:x}::{index:x}");
}
