using System.Globalization;

namespace TfgridCompose.LocalGrid.World;

internal static class PublicIpPool
{
    public static IEnumerable<string> Free(GridWorld world, GridFarm farm)
    {
        var used = world.Vms.Select(item => item.Vm.PublicIp).OfType<string>().ToHashSet();
        return farm.PublicIps.Where(ip => !used.Contains(ip) && !HostUses(ip));
    }

    public static string Take(GridWorld world, GridNode node) => Free(world, node.Farm).FirstOrDefault() ?? throw new GridException(
        "No public IP is free",
        $"farm {node.Farm.Id} ({node.Farm.Name}) of node {node.Id} has {node.Farm.PublicIpCount} public IPv4 addresses and none "
            + "is free. Choose a node of another farm",
        "node");

    /// <summary>Documentation range, one /64 a farm; the machine's number makes it unique.</summary>
    public static string Ipv6(GridNode node, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"2001:db8:{node.Farm.Id:x}::{index:x}");

    // Test networks do use the documentation range for real: what this machine has a route of its own to is not taken.
    private static bool HostUses(string ip) => File.Exists("/proc/net/fib_trie") && HostAddresses.Value.Contains(ip);

    private static readonly Lazy<HashSet<string>> HostAddresses = new(() =>
        [
            .. File.ReadLines("/proc/net/fib_trie")
                .Where(line => line.Contains("|-- ", StringComparison.Ordinal))
                .Select(line => line.Split("|-- ")[1].Trim()),
        ]);
}
