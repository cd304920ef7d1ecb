using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>
/// A network interface of a machine. As on a node, there is one each for the private network, public addresses and Mycelium, and
/// the default route is that of the public one, if there is a public IPv4 address.
/// </summary>
/// <param name="Name">In the machine: eth0, for example.</param>
/// <param name="Cable">Its other end, in the node's namespace.</param>
/// <param name="Addresses">With their lengths.</param>
/// <param name="Routes">As ip(8) takes them, without the interface.</param>
internal sealed record VmInterface(
    string Name, string Cable, string Mac, IReadOnlyList<string> Addresses, IReadOnlyList<string> Routes)
{
    private const string Mycelium = $"{FabricAddress.MyceliumRange} via fe80::1";

    // Not a default route: with one, programs would try the IPv6 internet first, and there is none.
    private static readonly string[] Routes6 = [$"{FabricAddress.Range6} via fe80::1", $"{FabricAddress.PublicRange6} via fe80::1"];

    public static IReadOnlyList<VmInterface> Of(VmRecord vm, NetworkMember node)
    {
        string mac = MacAddress.Of(vm.Ip);
        string[] publicAddresses = [.. Prefixed(vm.PublicIp, 32), .. Prefixed(vm.PublicIp6, 128)];
        string[] mycelium = [.. Prefixed(vm.MyceliumIp, 64)];
        string[] defaultRoute = [$"default via {node.Gateway}"];
        if (vm.Profile is null)
        {
            // An older build gave a machine one interface for everything.
            string[] all = [$"{vm.Ip}/24", .. publicAddresses, .. mycelium];
            return [new("eth0", vm.Machine, mac, all, [.. defaultRoute, Mycelium, .. Routes6])];
        }

        string network = AddressPlan.NormaliseRange(node.Subnet);
        string[] inside = [$"{network} via {node.Gateway}", $"{AddressPlan.AccessRange} via {node.Gateway}"];
        string[] outside = vm.PublicIp is null ? [] : [FabricAddress.PublicGateway, $"default via {FabricAddress.PublicGateway}"];
        bool hasPublic = publicAddresses.Length > 0;
        bool hasMycelium = mycelium.Length > 0;
        var interfaces = new List<VmInterface>
        {
            new("eth0", vm.Machine, mac, [$"{vm.Ip}/24"], [.. inside, .. vm.PublicIp is null ? defaultRoute : []]),
        };
        if (hasPublic)
        {
            interfaces.Add(new("eth1", $"{vm.Machine}p", MacAddress.Of(vm.Ip, 2), publicAddresses, outside));
        }

        if (hasMycelium)
        {
            interfaces.Add(new($"eth{interfaces.Count}", $"{vm.Machine}m", MacAddress.Of(vm.Ip, 3), mycelium, []));
        }

        // IPv6 leaves through an interface that has some.
        AddRoutes(interfaces, interfaces.Count - 1, [Mycelium]);
        AddRoutes(interfaces, hasPublic ? 1 : interfaces.Count - 1, Routes6);
        return interfaces;
    }

    /// <summary>The one that has the address.</summary>
    public bool Has(string address) => Addresses.Any(each => each.StartsWith($"{address}/", StringComparison.Ordinal));

    private static void AddRoutes(List<VmInterface> interfaces, int index, IEnumerable<string> routes) =>
        interfaces[index] = interfaces[index] with { Routes = [.. interfaces[index].Routes, .. routes] };

    private static IEnumerable<string> Prefixed(string? address, int length) => address is null ? [] : [$"{address}/{length}"];
}
