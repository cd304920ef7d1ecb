using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostNetworkTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    private HostNetwork Network => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    [TestCase("1400\n", 1400)]
    [TestCase("9000\n", 1500)]
    [TestCase("576\n", 1280)]
    public void Links_have_the_uplinks_mtu_within_what_Ethernet_and_IPv6_allow(string uplink, int expected)
    {
        _computer.Write("/sys/class/net/eth0/mtu", uplink);
        _computer.Write("/sys/class/net/lan/mtu", "1333\n");

        Assert.That(Network.Mtu(), Is.EqualTo(expected));
    }

    [Test]
    public void Without_a_default_route_the_mtu_is_Ethernets()
    {
        _computer.Write("/proc/net/route", "Iface\tDestination\nlan\t0000A8C0\n\n");

        Assert.That(Network.Mtu(), Is.EqualTo(1500));
    }

    [Test]
    public void An_uplink_that_cannot_be_read_has_Ethernets_mtu()
    {
        _computer.Remove("/sys/class/net/eth0/mtu");

        Assert.That(Network.Mtu(), Is.EqualTo(1500));
    }

    [Test]
    public void A_guest_gets_the_computers_name_servers()
    {
        const string Text = "# comment\nsearch lan\nnameserver 127.0.0.53\nnameserver\t10.9.8.7 \nnameserver\n";
        _computer.Write("/etc/resolv.conf", Text);
        _computer.Write("/run/systemd/resolve/resolv.conf", "nameserver 1.2.3.4\n");

        Assert.That(Network.ResolvConf(), Is.EqualTo(Text), "one of them is no stub");
        Assert.That(HostNetwork.Nameservers(Text), Is.EqualTo(new[] { "127.0.0.53", "10.9.8.7" }));
    }

    [Test]
    public void In_place_of_a_stub_a_guest_gets_the_name_servers_behind_it()
    {
        _computer.Write("/etc/resolv.conf", "nameserver 127.0.0.53\n");
        Assert.That(Network.ResolvConf(), Is.EqualTo("nameserver 127.0.0.53\n"), "nothing better is known");

        _computer.Write("/run/systemd/resolve/resolv.conf", "nameserver 1.2.3.4\n");
        Assert.That(Network.ResolvConf(), Is.EqualTo("nameserver 1.2.3.4\n"));
    }

    [Test]
    public void A_computer_without_name_servers_has_none_for_its_guests()
    {
        _computer.Remove("/etc/resolv.conf");
        _computer.Write("/run/systemd/resolve/resolv.conf", "nameserver 1.2.3.4\n");

        Assert.That(Network.ResolvConf(), Is.Empty);
    }

    [Test]
    public void Addresses_are_the_leaves_of_the_routing_table()
    {
        _computer.Write("/proc/net/fib_trie", """
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 203.0.113.10
                    /32 link UNICAST
                 +-- 192.0.2.0/24 2 0 2
                    |-- 192.0.2.2
            """);

        Assert.That(Network.Addresses(), Is.EquivalentTo(new[] { "203.0.113.10", "192.0.2.2" }));
    }

    [Test]
    public void A_kernel_without_the_table_has_no_addresses()
    {
        _computer.Remove("/proc/net/fib_trie");

        Assert.That(Network.Addresses(), Is.Empty);
    }

    [Test]
    public void A_change_that_ip_refuses_is_an_error_and_a_removal_goes_on()
    {
        _computer.Tools.Answer("ip ", exitCode: 2, errors: "RTNETLINK answers: File exists\n");
        var ip = new IpCommands(_computer.Computer);

        Assert.That(
            () => ip.Run("tfl-n1", "link set lo up"),
            Throws.Exception.With.Message.EqualTo("`ip -n tfl-n1 -batch -` ended with exit code 2\nRTNETLINK answers: File exists"));
        Assert.That(() => ip.RunAll(null, "link del x"), Throws.Nothing);
    }

    [Test]
    public void No_changes_are_no_process()
    {
        var ip = new IpCommands(_computer.Computer);

        ip.Run(null, []);
        ip.RunAll(null, []);

        Assert.That(_computer.Tools.Calls, Is.Empty);
    }
}
