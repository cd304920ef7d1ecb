using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>A machine's own namespace: eth0, connected to the node's bridge.</summary>
internal sealed class VmNetwork(Computer computer)
{
    private readonly IpCommands _ip = new(computer);

    public void Create(VmRecord vm, NetworkMember node)
    {
        int mtu = new HostNetwork(computer).Mtu();
        _ip.Run(
            null,
            [
                $"netns add {vm.Machine}",
                $"link add {vm.Machine} mtu {mtu} netns {node.Namespace} type veth "
                    + $"peer name eth0 address {MacAddress.Of(vm.Ip)} netns {vm.Machine} mtu {mtu}",
                .. HostRoutes(vm, node).Select(route => $"route replace {route}"),
            ]);
        _ip.Run(
            node.Namespace,
            [$"link set {vm.Machine} master br0 up", .. NodeRoutes(vm).Select(route => $"route replace {route}"), .. Neighbours(vm)]);
        _ip.Run(vm.Machine, Guest(vm, node));
    }

    /// <summary>
    /// Unplugs the machine's cable at the node. Addresses and routes stay, but nothing answers, not even ARP.
    /// </summary>
    public void Unplug(VmRecord vm, NetworkMember node) => _ip.RunAll(node.Namespace, $"link set {vm.Machine} down");

    /// <summary>Plugs the cable in again; after a reboot of this computer, all of it is new.</summary>
    public void Plug(VmRecord vm, NetworkMember node)
    {
        if (_ip.NamespaceExists(vm.Machine))
        {
            _ip.Run(node.Namespace, [$"link set {vm.Machine} up", .. Neighbours(vm)]);
        }
        else
        {
            Create(vm, node);
        }
    }

    public void Remove(VmRecord vm, NetworkMember? node)
    {
        IEnumerable<string> routes = node is null ? [] : HostRoutes(vm, node);
        _ip.RunAll(null, [.. routes.Select(route => $"route del {route}"), $"netns del {vm.Machine}"]);
        if (node is not null && _ip.NamespaceExists(node.Namespace))
        {
            // The link is removed with the machine's namespace, but this may take a moment, and the name may be needed again.
            _ip.RunAll(node.Namespace, [$"link del {vm.Machine}", .. NodeRoutes(vm).Select(route => $"route del {route}")]);
        }
    }

    private static IEnumerable<string> Guest(VmRecord vm, NetworkMember node) =>
    [
        "link set lo up",
        "link set eth0 up",
        $"addr add {vm.Ip}/24 dev eth0",
        $"route add default via {node.Gateway}",
        .. vm.PublicIp is { } publicIp ? [$"addr add {publicIp}/32 dev eth0"] : Array.Empty<string>(),
        .. vm.MyceliumIp is { } mycelium ? [$"addr add {mycelium}/64 dev eth0 nodad"] : Array.Empty<string>(),
        .. vm.PublicIp6 is { } publicIp6 ? [$"addr add {publicIp6}/128 dev eth0 nodad"] : Array.Empty<string>(),

        // Not a default route: with one, programs would try the IPv6 internet first, and there is none.
        $"route add {FabricAddress.MyceliumRange} via fe80::1 dev eth0",
        $"route add {FabricAddress.Range6} via fe80::1 dev eth0",
        $"route add {FabricAddress.PublicRange6} via fe80::1 dev eth0",
    ];

    private static IEnumerable<string> NodeRoutes(VmRecord vm) =>
    [
        .. vm.PublicIp is { } publicIp ? [$"{publicIp}/32 dev br0"] : Array.Empty<string>(),
        .. vm.PublicIp6 is { } publicIp6 ? [$"{publicIp6}/128 dev br0"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> HostRoutes(VmRecord vm, NetworkMember node) =>
    [
        .. vm.PublicIp is { } publicIp
            ? [$"{publicIp}/32 via {FabricAddress.Of(node.Index)} dev {FabricAddress.Bridge} src {FabricAddress.Host}"]
            : Array.Empty<string>(),
        .. vm.PublicIp6 is { } publicIp6
            ? [$"{publicIp6}/128 via {FabricAddress.Of6(node.Index)} dev {FabricAddress.Bridge} src {FabricAddress.Host6}"]
            : Array.Empty<string>(),
    ];

    // The node may remember that the machine did not answer before, or that another machine had its public address. Such an
    // entry stays for up to a minute, and the machine would not be reachable meanwhile.
    private static IEnumerable<string> Neighbours(VmRecord vm) =>
        new[] { vm.Ip, vm.PublicIp, vm.PublicIp6, vm.MyceliumIp }.OfType<string>()
            .Select(address => $"neigh replace {address} lladdr {MacAddress.Of(vm.Ip)} nud stale dev br0");
}
