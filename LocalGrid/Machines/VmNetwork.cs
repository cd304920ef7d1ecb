using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>A machine's own namespace: eth0, joined to the node's bridge.</summary>
internal static class VmNetwork
{
    public static void Create(VmRecord vm, NetworkMember node)
    {
        var mtu = HostNetwork.Mtu();
        IpCommands.Run(
            null,
            [
                $"netns add {vm.Machine}",
                $"link add {vm.Machine} mtu {mtu} netns {node.Namespace} type veth peer name eth0 address {Mac(vm.Ip)} netns "
                    + $"{vm.Machine} mtu {mtu}",
                .. HostRoutes(vm, node).Select(route => $"route replace {route}"),
            ]);
        IpCommands.Run(
            node.Namespace,
            [$"link set {vm.Machine} master br0 up", .. NodeRoutes(vm).Select(route => $"route replace {route}")]);
        IpCommands.Run(vm.Machine, Guest(vm, node));
    }

    /// <summary>
    /// The far end of its cable: addresses and routes stay, and nothing answers, neither ARP nor a closed port. It may
    /// be gone already.
    /// </summary>
    public static void Unplug(VmRecord vm, NetworkMember node) => IpCommands.RunAll(node.Namespace, [$"link set {vm.Machine} down"]);

    public static void Plug(VmRecord vm, NetworkMember node) => IpCommands.Run(node.Namespace, [$"link set {vm.Machine} up"]);

    public static void Remove(VmRecord vm, NetworkMember? node)
    {
        var routes = node is null ? [] : HostRoutes(vm, node);
        IpCommands.RunAll(null, [.. routes.Select(route => $"route del {route}"), $"netns del {vm.Machine}"]);
        if (node is not null && IpCommands.NamespaceExists(node.Namespace))
        {
            // The link dies with the machine's namespace, but that may take a moment, and its name is wanted again.
            IpCommands.RunAll(node.Namespace, [$"link del {vm.Machine}", .. NodeRoutes(vm).Select(route => $"route del {route}")]);
        }
    }

    private static IEnumerable<string> Guest(VmRecord vm, NetworkMember node)
    {
        yield return "link set lo up";
        yield return "link set eth0 up";
        yield return $"addr add {vm.Ip}/24 dev eth0";
        yield return $"route add default via {node.Gateway}";
        if (vm.PublicIp is { } publicIp)
        {
            yield return $"addr add {publicIp}/32 dev eth0";
        }

        if (vm.MyceliumIp is { } mycelium)
        {
            yield return $"addr add {mycelium}/64 dev eth0 nodad";
        }

        if (vm.PublicIp6 is { } publicIp6)
        {
            yield return $"addr add {publicIp6}/128 dev eth0 nodad";
        }

        // Not a default route: with one, programs would try the IPv6 internet first, and there is none.
        foreach (var range in new[] { FabricAddress.MyceliumRange, FabricAddress.Range6, FabricAddress.PublicRange6 })
        {
            yield return $"route add {range} via fe80::1 dev eth0";
        }
    }

    private static IEnumerable<string> NodeRoutes(VmRecord vm)
    {
        if (vm.PublicIp is { } publicIp)
        {
            yield return $"{publicIp}/32 dev br0";
        }

        if (vm.PublicIp6 is { } publicIp6)
        {
            yield return $"{publicIp6}/128 dev br0";
        }
    }

    private static IEnumerable<string> HostRoutes(VmRecord vm, NetworkMember node)
    {
        if (vm.PublicIp is { } publicIp)
        {
            yield return $"{publicIp}/32 via {FabricAddress.Of(node.Index)} dev {FabricAddress.Bridge} src {FabricAddress.Host}";
        }

        if (vm.PublicIp6 is { } publicIp6)
        {
            yield return $"{publicIp6}/128 via {FabricAddress.Of6(node.Index)} dev {FabricAddress.Bridge} src {FabricAddress.Host6}";
        }
    }

    // From the address: a machine made again with it is known to its neighbours' ARP tables.
    private static string Mac(string ip) =>
        "02:01:"
            + string.Join(':', ip.Split('.').Select(part => $"{byte.Parse(part, System.Globalization.CultureInfo.InvariantCulture):x2}"));
}
