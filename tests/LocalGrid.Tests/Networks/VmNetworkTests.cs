using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VmNetworkTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    private VmNetwork Network => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_machine_gets_a_cable_its_addresses_and_routes_on_host_and_node()
    {
        Network.Create(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -batch -", """
                netns add tfl-v5
                link add tfl-v5 mtu 1400 netns tfl-n3 type veth peer name eth0 address 02:01:0a:01:02:02 netns tfl-v5 mtu 1400
                link add tfl-v5p mtu 1400 netns tfl-n3 type veth peer name eth1 address 02:02:0a:01:02:02 netns tfl-v5 mtu 1400
                link add tfl-v5m mtu 1400 netns tfl-n3 type veth peer name eth2 address 02:03:0a:01:02:02 netns tfl-v5 mtu 1400
                route replace 203.0.113.10/32 via 198.18.0.4 dev tfl-fab src 198.18.0.1
                route replace 2001:db8:1::5/128 via fd54:4647:1::4 dev tfl-fab src fd54:4647:1::1

                """),
            new("ip -n tfl-n3 -batch -", """
                link set tfl-v5 master br0 up
                link set tfl-v5p master br0 up
                link set tfl-v5m master br0 up
                addr replace 203.0.113.1/32 dev br0
                route replace 203.0.113.10/32 dev br0
                route replace 2001:db8:1::5/128 dev br0
                neigh replace 10.1.2.2 lladdr 02:01:0a:01:02:02 nud stale dev br0
                neigh replace 203.0.113.10 lladdr 02:02:0a:01:02:02 nud stale dev br0
                neigh replace 2001:db8:1::5 lladdr 02:02:0a:01:02:02 nud stale dev br0
                neigh replace 5a1:1:1:1:ff0f:1:2:3 lladdr 02:03:0a:01:02:02 nud stale dev br0

                """),
            new("ip -n tfl-v5 -batch -", """
                link set lo up
                link set eth0 up
                addr add 10.1.2.2/24 dev eth0
                route add 10.1.0.0/16 via 10.1.2.1 dev eth0
                route add 100.64.0.0/16 via 10.1.2.1 dev eth0
                link set eth1 up
                addr add 203.0.113.10/32 dev eth1
                addr add 2001:db8:1::5/128 dev eth1 nodad
                route add 203.0.113.1 dev eth1
                route add default via 203.0.113.1 dev eth1
                route add fd54:4647:1::/64 via fe80::1 dev eth1
                route add 2001:db8::/32 via fe80::1 dev eth1
                link set eth2 up
                addr add 5a1:1:1:1:ff0f:1:2:3/64 dev eth2 nodad
                route add 400::/7 via fe80::1 dev eth2

                """),
        }));
    }

    [Test]
    public void A_machine_with_a_private_address_alone_needs_no_routes_on_host_and_node()
    {
        Network.Create(SampleNetworks.PlainMachine, SampleNetworks.First);

        Assert.That(_computer.Tools.IpLines.Where(line => line.Contains("replace", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "tfl-n3: neigh replace 10.1.2.3 lladdr 02:01:0a:01:02:03 nud stale dev br0",
        }));
        Assert.That(_computer.Tools.IpLines.Where(line => line.Contains("addr add", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "tfl-v6: addr add 10.1.2.3/24 dev eth0",
        }));
    }

    /// <summary>As zos does it: pkg/vm/manager.go, makeNetwork.</summary>
    [TestCase(null, null, null, "eth0: default 10.1.2.1 400::/7")]
    [TestCase(null, null, "5a1::3", "eth0: default 10.1.2.1; eth1: 400::/7")]
    [TestCase(null, "2001:db8::5", null, "eth0: default 10.1.2.1; eth1: 400::/7")]
    [TestCase("203.0.113.10", null, null, "eth0:; eth1: default 203.0.113.1 400::/7")]
    [TestCase("203.0.113.10", null, "5a1::3", "eth0:; eth1: default 203.0.113.1; eth2: 400::/7")]
    public void Each_kind_of_address_has_its_interface_and_the_default_route_is_public_if_it_can_be(
        string? ipv4, string? ipv6, string? mycelium, string expected)
    {
        VmRecord vm = SampleNetworks.PlainMachine with { PublicIp = ipv4, PublicIp6 = ipv6, MyceliumIp = mycelium };

        IEnumerable<string> shown = VmInterface.Of(vm, SampleNetworks.First).Select(each => $"{each.Name}:" + string.Concat(
            each.Routes.Select(route => route.Split(' ')).Where(route => route[0] is "default" or "400::/7")
                .Select(route => route[0] == "default" ? $" default {route[2]}" : $" {route[0]}")));

        Assert.That(string.Join("; ", shown), Is.EqualTo(expected));
    }

    [Test]
    public void A_machine_of_an_older_build_has_one_interface_for_everything()
    {
        VmInterface only = VmInterface.Of(SampleNetworks.Machine with { Profile = null }, SampleNetworks.First).Single();

        Assert.That((only.Name, only.Cable, only.Mac), Is.EqualTo(("eth0", "tfl-v5", "02:01:0a:01:02:02")));
        Assert.That(only.Addresses, Has.Count.EqualTo(4));
        Assert.That(only.Routes[0], Is.EqualTo("default via 10.1.2.1"));
    }

    [Test]
    public void An_unplugged_machine_loses_its_link_at_the_node_only()
    {
        Network.Unplug(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[]
        {
            new ToolCall("ip -n tfl-n3 -force -batch -", "link set tfl-v5 down\nlink set tfl-v5p down\nlink set tfl-v5m down\n"),
        }));
    }

    /// <summary>The node asked for the machine while it was off, and would drop its packets for up to three seconds.</summary>
    [Test]
    public void A_plugged_machine_is_known_to_its_node_at_once()
    {
        _computer.Write("/run/netns/tfl-v5", "");

        Network.Plug(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[]
        {
            new ToolCall("ip -n tfl-n3 -batch -", """
                link set tfl-v5 up
                link set tfl-v5p up
                link set tfl-v5m up
                neigh replace 10.1.2.2 lladdr 02:01:0a:01:02:02 nud stale dev br0
                neigh replace 203.0.113.10 lladdr 02:02:0a:01:02:02 nud stale dev br0
                neigh replace 2001:db8:1::5 lladdr 02:02:0a:01:02:02 nud stale dev br0
                neigh replace 5a1:1:1:1:ff0f:1:2:3 lladdr 02:03:0a:01:02:02 nud stale dev br0

                """),
        }));
    }

    [Test]
    public void A_machine_is_removed_with_its_routes_its_link_and_its_namespace()
    {
        _computer.Write("/run/netns/tfl-n3", "");

        Network.Remove(SampleNetworks.Machine, SampleNetworks.First);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -force -batch -", """
                route del 203.0.113.10/32 via 198.18.0.4 dev tfl-fab src 198.18.0.1
                route del 2001:db8:1::5/128 via fd54:4647:1::4 dev tfl-fab src fd54:4647:1::1
                netns del tfl-v5

                """),
            new("ip -n tfl-n3 -force -batch -", """
                link del tfl-v5
                link del tfl-v5p
                link del tfl-v5m
                route del 203.0.113.10/32 dev br0
                route del 2001:db8:1::5/128 dev br0

                """),
        }));
    }

    [Test]
    public void Where_the_nodes_namespace_is_gone_only_the_host_is_cleaned_up()
    {
        Network.Remove(SampleNetworks.PlainMachine, SampleNetworks.First);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[] { new ToolCall("ip -force -batch -", "netns del tfl-v6\n") }));
    }

    [Test]
    public void An_orphan_of_an_unknown_node_loses_its_namespace()
    {
        Network.Remove(SampleNetworks.Machine, null);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[] { new ToolCall("ip -force -batch -", "netns del tfl-v5\n") }));
    }
}
