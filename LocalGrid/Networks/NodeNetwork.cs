using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>A network on one node: a namespace with the node's bridge br0 and its uplink, up0.</summary>
internal sealed class NodeNetwork(Computer computer)
{
    private const string Prepare =
        "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null; exec nft -f -";

    private readonly IpCommands _ip = new(computer);

    public void Ensure(NetworkRecord network, Reachable allowed)
    {
        int mtu = new HostNetwork(computer).Mtu();
        var added = network.Members.Where(member => !_ip.NamespaceExists(member.Namespace)).ToList();
        _ip.Run(null, added.SelectMany(member => Link(member, mtu)));
        InParallel.ForEach(network.Members, member =>
        {
            if (added.Contains(member))
            {
                _ip.Run(member.Namespace, Addresses(member, mtu));
            }

            _ip.Run(member.Namespace, Routes(network, member));
            string rules = NftRules.Node(network, allowed);
            computer.Tools.Run(["ip", "netns", "exec", member.Namespace, "sh", "-c", Prepare], rules);
        });
        _ip.Run(null, network.Members.Where(member => member.MyceliumPrefix is not null).Select(HostRoute));
    }

    public void Remove(NetworkMember member)
    {
        new WireGuardGateway(computer).Stop(member);

        // The route belongs to the bridge, which stays, so it is not removed with the link.
        _ip.RunAll(null, [.. MyceliumRoute(member), $"link del {member.Namespace}", $"netns del {member.Namespace}"]);
    }

    /// <summary>Removes the routes of the other nodes to a node that left.</summary>
    public void Forget(NetworkRecord network, NetworkMember gone) => InParallel.ForEach(network.Members, member =>
        _ip.RunAll(member.Namespace, [$"route del {gone.Subnet}", .. MyceliumRoute(gone)]));

    public bool IsAlive(NetworkMember member) =>
        member.Boot == ProcessIdentity.CurrentBoot && _ip.NamespaceExists(member.Namespace);

    private static IEnumerable<string> Link(NetworkMember member, int mtu) =>
    [
        $"netns add {member.Namespace}",
        $"link add {member.Namespace} mtu {mtu} type veth peer name up0 netns {member.Namespace} mtu {mtu}",
        $"link set {member.Namespace} master {FabricAddress.Bridge} up",
    ];

    private static IEnumerable<string> Addresses(NetworkMember member, int mtu) =>
    [
        "link set lo up",
        "link set up0 up",
        $"addr add {FabricAddress.Of(member.Index)}/16 dev up0",
        $"addr add {FabricAddress.Of6(member.Index)}/64 dev up0 nodad",
        $"route add default via {FabricAddress.Host}",
        $"route add default via {FabricAddress.Host6}",
        $"link add br0 address {MacAddress.Of(member.Gateway)} mtu {mtu} type bridge",
        "link set br0 up",
        $"addr add {member.Gateway}/24 dev br0",
        "addr add fe80::1/64 dev br0 nodad",
    ];

    private static IEnumerable<string> Routes(NetworkRecord network, NetworkMember member)
    {
        foreach (NetworkMember other in network.Members.Where(other => other.Node != member.Node))
        {
            yield return $"route replace {other.Subnet} via {FabricAddress.Of(other.Index)}";
            if (other.MyceliumPrefix is { } prefix)
            {
                yield return $"route replace {AddressPlan.MyceliumSubnet(prefix)} via {FabricAddress.Of6(other.Index)}";
            }
        }

        if (member.MyceliumPrefix is { } own)
        {
            yield return $"route replace {AddressPlan.MyceliumSubnet(own)} dev br0";
        }

        if (network.Access is { } access && access.Node != member.Node && network.MemberOn(access.Node) is { } gateway)
        {
            yield return $"route replace {AddressPlan.AccessAddress(access.Subnet)}/32 via {FabricAddress.Of(gateway.Index)}";
        }
    }

    private static string HostRoute(NetworkMember member) =>
        $"route replace {AddressPlan.MyceliumSubnet(member.MyceliumPrefix ?? "")} via {FabricAddress.Of6(member.Index)} "
            + $"dev {FabricAddress.Bridge} src {FabricAddress.Host6}";

    private static string[] MyceliumRoute(NetworkMember member) =>
        member.MyceliumPrefix is { } prefix ? [$"route del {AddressPlan.MyceliumSubnet(prefix)}"] : [];
}
