using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>A machine's own namespace: its interfaces, each connected to the node's bridge.</summary>
internal sealed class VmNetwork(Computer computer)
{
    private readonly IpCommands _ip = new(computer);

    public void Create(VmRecord vm, NetworkMember node)
    {
        int mtu = new HostNetwork(computer).Mtu();
        IReadOnlyList<VmInterface> interfaces = VmInterface.Of(vm, node);
        _ip.Run(
            null,
            [
                $"netns add {vm.Machine}",
                .. interfaces.Select(each =>
                    $"link add {each.Cable} mtu {mtu} netns {node.Namespace} type veth "
                        + $"peer name {each.Name} address {each.Mac} netns {vm.Machine} mtu {mtu}"),
                .. HostRoutes(vm, node).Select(route => $"route replace {route}"),
            ]);
        _ip.Run(
            node.Namespace,
            [
                .. interfaces.Select(each => $"link set {each.Cable} master br0 up"),
                .. vm.PublicIp is null ? Array.Empty<string>() : [$"addr replace {FabricAddress.PublicGateway}/32 dev br0"],
                .. NodeRoutes(vm).Select(route => $"route replace {route}"),
                .. Neighbours(vm, interfaces),
            ]);
        _ip.Run(vm.Machine, ["link set lo up", .. interfaces.SelectMany(Guest)]);
    }

    /// <summary>What the machine sends is limited on each of its interfaces.</summary>
    public void Limit(VmRecord vm, NetworkMember node, string[] queue)
    {
        foreach (VmInterface each in VmInterface.Of(vm, node))
        {
            computer.Tools.Run(["ip", "netns", "exec", vm.Machine, "tc", "qdisc", "add", "dev", each.Name, .. queue]);
        }
    }

    /// <summary>
    /// Unplugs the machine's cables at the node. Addresses and routes stay, but nothing answers, not even ARP.
    /// </summary>
    public void Unplug(VmRecord vm, NetworkMember node) =>
        _ip.RunAll(node.Namespace, VmInterface.Of(vm, node).Select(each => $"link set {each.Cable} down"));

    /// <summary>Plugs the cables in again; after a reboot of this computer, all of it is new.</summary>
    public void Plug(VmRecord vm, NetworkMember node)
    {
        if (_ip.NamespaceExists(vm.Machine))
        {
            IReadOnlyList<VmInterface> interfaces = VmInterface.Of(vm, node);
            _ip.Run(node.Namespace, [.. interfaces.Select(each => $"link set {each.Cable} up"), .. Neighbours(vm, interfaces)]);
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
            // The links are removed with the machine's namespace, but this may take a moment, and the names may be needed again.
            _ip.RunAll(
                node.Namespace,
                [
                    .. VmInterface.Of(vm, node).Select(each => $"link del {each.Cable}"),
                    .. NodeRoutes(vm).Select(route => $"route del {route}"),
                ]);
        }
    }

    private static IEnumerable<string> Guest(VmInterface each) =>
    [
        $"link set {each.Name} up",
        .. each.Addresses.Select(address => $"addr add {address} dev {each.Name}{(address.Contains(':') ? " nodad" : "")}"),
        .. each.Routes.Select(route => $"route add {route} dev {each.Name}"),
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
    private static IEnumerable<string> Neighbours(VmRecord vm, IReadOnlyList<VmInterface> interfaces) =>
        new[] { vm.Ip, vm.PublicIp, vm.PublicIp6, vm.MyceliumIp }.OfType<string>()
            .Select(address =>
                $"neigh replace {address} lladdr {interfaces.First(each => each.Has(address)).Mac} nud stale dev br0");
}
