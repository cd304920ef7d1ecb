using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NodeNetworkTests : IDisposable
{
    private static readonly Reachable Allowed = new(["10.9.8.7"], []);

    private readonly FakeComputer _computer = new();

    private NodeNetwork Nodes => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void Each_node_gets_a_namespace_with_a_bridge_an_uplink_and_routes_to_the_others()
    {
        Nodes.Ensure(SampleNetworks.Full, Allowed);

        Assert.That(LinesOf(""), Is.EqualTo(new[]
        {
            "netns add tfl-n3",
            "link add tfl-n3 mtu 1400 type veth peer name up0 netns tfl-n3 mtu 1400",
            "link set tfl-n3 master tfl-fab up",
            "netns add tfl-n300",
            "link add tfl-n300 mtu 1400 type veth peer name up0 netns tfl-n300 mtu 1400",
            "link set tfl-n300 master tfl-fab up",
            "route replace 5a1:1:1:1::/64 via fd54:4647:1::4 dev tfl-fab src fd54:4647:1::1",
            "route replace 5a2:2:2:2::/64 via fd54:4647:1::12d dev tfl-fab src fd54:4647:1::1",
        }));
        Assert.That(LinesOf("tfl-n3: "), Is.EqualTo(new[]
        {
            "link set lo up",
            "link set up0 up",
            "addr add 198.18.0.4/16 dev up0",
            "addr add fd54:4647:1::4/64 dev up0 nodad",
            "route add default via 198.18.0.1",
            "route add default via fd54:4647:1::1",
            "link add br0 address 02:01:0a:01:02:01 mtu 1400 type bridge",
            "link set br0 up",
            "addr add 10.1.2.1/24 dev br0",
            "addr add fe80::1/64 dev br0 nodad",
            "route replace 10.1.3.0/24 via 198.18.1.45",
            "route replace 5a2:2:2:2::/64 via fd54:4647:1::12d",
            "route replace 5a1:1:1:1::/64 dev br0",
        }));
        Assert.That(LinesOf("tfl-n300: ").Skip(10), Is.EqualTo(new[]
        {
            "route replace 10.1.2.0/24 via 198.18.0.4",
            "route replace 5a1:1:1:1::/64 via fd54:4647:1::4",
            "route replace 5a2:2:2:2::/64 dev br0",
            "route replace 100.64.1.4/32 via 198.18.0.4",
        }));
    }

    [Test]
    public void Each_namespace_forwards_and_loads_the_networks_rules()
    {
        NetworkRecord network = SampleNetworks.Full;

        Nodes.Ensure(network, Allowed);

        const string Prepare = "sh -c echo 1 >/proc/sys/net/ipv4/ip_forward; "
            + "echo 1 >/proc/sys/net/ipv6/conf/all/forwarding 2>/dev/null; exec nft -f -";
        IEnumerable<ToolCall> scripts =
            _computer.Tools.Calls.Where(call => call.Command.Contains("sh -c", StringComparison.Ordinal));
        Assert.That(scripts, Is.EquivalentTo(new ToolCall[]
        {
            new($"ip netns exec tfl-n3 {Prepare}", NftRules.Node(network, Allowed)),
            new($"ip netns exec tfl-n300 {Prepare}", NftRules.Node(network, Allowed)),
        }));
    }

    [Test]
    public void A_node_that_is_there_gets_its_routes_and_rules_again_and_nothing_else()
    {
        _computer.Write("/run/netns/tfl-n7", "");

        Nodes.Ensure(SampleNetworks.Plain, new Reachable([], []));

        Assert.That(_computer.Tools.IpLines, Is.Empty);
        Assert.That(_computer.Tools.Commands.Single(), Does.StartWith("ip netns exec tfl-n7 sh -c"));
    }

    [Test]
    public void A_node_is_removed_with_its_tunnel_its_route_its_link_and_its_namespace()
    {
        _computer.Write("/run/netns/tfl-n3", "");
        _computer.Write("/run/wireguard/tfl-w3.sock", "");

        Nodes.Remove(SampleNetworks.First);

        Assert.That(_computer.In("/run/wireguard/tfl-w3.sock"), Does.Not.Exist);
        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -n tfl-n3 -force -batch -", "link del tfl-w3\n"),
            new("ip -force -batch -", "route del 5a1:1:1:1::/64\nlink del tfl-n3\nnetns del tfl-n3\n"),
        }));
    }

    [Test]
    public void A_node_without_mycelium_has_no_route_to_remove()
    {
        Nodes.Remove(SampleNetworks.Plain.Members[0]);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[] { new ToolCall("ip -force -batch -", "link del tfl-n7\nnetns del tfl-n7\n") }));
    }

    [Test]
    public void The_others_forget_the_routes_to_a_node_that_left()
    {
        NetworkRecord network = SampleNetworks.Full;
        network.Members.RemoveAt(1);

        Nodes.Forget(network, SampleNetworks.Second);

        Assert.That(
            _computer.Tools.Calls,
            Is.EqualTo(new[] { new ToolCall("ip -n tfl-n3 -force -batch -", "route del 10.1.3.0/24\nroute del 5a2:2:2:2::/64\n") }));
    }

    [Test]
    public void A_node_lives_while_its_namespace_exists_and_the_computer_was_not_rebooted()
    {
        NetworkMember member = SampleNetworks.First;
        Assert.That(Nodes.IsAlive(member), Is.False, "no namespace");

        _computer.Write("/run/netns/tfl-n3", "");

        Assert.That(Nodes.IsAlive(member));
        Assert.That(Nodes.IsAlive(member with { Boot = "an earlier one" }), Is.False);
    }

    // Lines that were run in one namespace; "" is the host's.
    private IEnumerable<string> LinesOf(string place) => _computer.Tools.IpLines
        .Where(line => place.Length > 0
            ? line.StartsWith(place, StringComparison.Ordinal)
            : !line.StartsWith("tfl-", StringComparison.Ordinal))
        .Select(line => line[place.Length..]);
}
