using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>A network on one node: a namespace with the node's bridge br0 and its way out, up0.</summary>
internal static class NodeNetwork
{
    private const string Prepare =
        "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null; exec nft -f -";

    public static void Ensure(NetworkRecord network, string[] nameservers)
    {
        var mtu = HostNetwork.Mtu();
        var added = network.Members.Where(member => !IpCommands.NamespaceExists(member.Namespace)).ToList();
        IpCommands.Run(null, added.SelectMany(member => Link(member, mtu)));
        InParallel.ForEach(network.Members, member =>
        {
            if (added.Contains(member))
            {
                IpCommands.Run(member.Namespace, Addresses(member, mtu));
            }

            IpCommands.Run(member.Namespace, Routes(network, member));
            Tool.Run(["ip", "netns", "exec", member.Namespace, "sh", "-c", Prepare], NftRules.Node(network, nameservers));
        });
        IpCommands.Run(null, network.Members.Where(m => m.MyceliumPrefix is not null).Select(HostRoute));
    }

    public static void Remove(NetworkMember member)
    {
        WireGuardGateway.Stop(member);

        // The route goes with its bridge port only when the whole bridge goes.
        IpCommands.RunAll(
            null,
            [
                .. member.MyceliumPrefix is { } prefix ? [$"route del {AddressPlan.MyceliumSubnet(prefix)}"] : Array.Empty<string>(),
                $"link del {member.Namespace}",
                $"netns del {member.Namespace}",
            ]);
    }

    /// <summary>Other nodes lose their way to a subnet that is gone.</summary>
    public static void Forget(NetworkRecord network, NetworkMember gone) => InParallel.ForEach(network.Members, member =>
        IpCommands.RunAll(
            member.Namespace,
            [
                $"route del {gone.Subnet}",
                .. gone.MyceliumPrefix is { } prefix ? [$"route del {AddressPlan.MyceliumSubnet(prefix)}"] : Array.Empty<string>(),
            ]));

    public static bool IsAlive(NetworkMember member) =>
        member.Boot == ProcessIdentity.CurrentBoot && IpCommands.NamespaceExists(member.Namespace);

    private static IEnumerable<string> Link(NetworkMember member, int mtu) =>
    [
        $"netns add {member.Namespace}",
        $"link add {member.Namespace} mtu {mtu} type veth peer name up0 netns {member.Namespace} mtu {mtu}",
        $"link set {member.Namespace} master {FabricAddress.Bridge} up",
    ];

    private static IEnumerable<string> Addresses(NetworkMember member, int mtu)
    {
        yield return "link set lo up";
        yield return "link set up0 up";
        yield return $"addr add {FabricAddress.Of(member.Index)}/16 dev up0";
        yield return $"addr add {FabricAddress.Of6(member.Index)}/64 dev up0 nodad";
        yield return $"route add default via {FabricAddress.Host}";
        yield return $"route add default via {FabricAddress.Host6}";
        yield return $"link add br0 mtu {mtu} type bridge";
        yield return "link set br0 up";
        yield return $"addr add {member.Gateway}/24 dev br0";
        yield return "addr add fe80::1/64 dev br0 nodad";
    }

    private static IEnumerable<string> Routes(NetworkRecord network, NetworkMember member)
    {
        foreach (var other in network.Members.Where(other => other.Node != member.Node))
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
        $"route replace {AddressPlan.MyceliumSubnet(member.MyceliumPrefix ?? "")} via {FabricAddress.Of6(member.Index)} dev "
            + $"{FabricAddress.Bridge} src {FabricAddress.Host6}";
}
