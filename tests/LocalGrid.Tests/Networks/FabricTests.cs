using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FabricTests : IDisposable
{
    private const string Forward4 = "/proc/sys/net/ipv4/ip_forward";
    private const string Forward6 = "/proc/sys/net/ipv6/conf/all/forwarding";
    private const string Inotify = "/proc/sys/fs/inotify/max_user_instances";

    private static readonly Reachable Nothing = new(["10.9.8.7"], []);

    private readonly FakeComputer _computer = new();

    private Fabric Fabric => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    /// <summary>
    /// The bridge has its own hardware address. Without one, it takes the lowest one of its ports. When that port is removed,
    /// every other node uses the old address for up to a minute.
    /// </summary>
    [Test]
    public void The_bridge_keeps_its_hardware_address_and_has_the_uplinks_mtu()
    {
        Fabric.Ensure(Nothing);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -batch -", """
                link add tfl-fab address 02:01:c6:12:00:01 mtu 1400 type bridge
                link set tfl-fab up
                addr add 198.18.0.1/16 dev tfl-fab
                addr add fd54:4647:1::1/64 dev tfl-fab nodad

                """),
            new("nft -f -", NftRules.Host(Nothing)),
            new("nft list chain ip filter FORWARD"),
        }));
    }

    [Test]
    public void The_computer_forwards_packets_and_allows_more_inotify_instances_while_there_is_a_fabric()
    {
        Fabric.Ensure(Nothing);

        Assert.That((_computer.Read(Forward4), _computer.Read(Forward6), _computer.Read(Inotify)), Is.EqualTo(("1", "1", "8192")));
    }

    [Test]
    public void A_higher_inotify_limit_stays()
    {
        _computer.Write(Inotify, "100000\n");

        Fabric.Ensure(Nothing);

        Assert.That(_computer.Read(Inotify), Is.EqualTo("100000"));
    }

    [Test]
    public void A_fabric_that_exists_gets_its_rules_again_and_nothing_else()
    {
        _computer.MakeFolder("/sys/class/net/tfl-fab");

        Fabric.Ensure(Nothing);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new[] { new ToolCall("nft -f -", NftRules.Host(Nothing)) }));
        Assert.That(_computer.Read(Forward4), Is.EqualTo("0\n"));
    }

    [Test]
    public void Where_something_filters_forwarded_packets_the_fabric_is_allowed_and_later_taken_out_again()
    {
        _computer.Tools.Answer("nft list chain ip filter FORWARD");

        Fabric.Ensure(Nothing);
        Fabric.RemoveIfUnused(new GridWorld());

        Assert.That(_computer.Tools.Commands.Where(command => command.StartsWith("iptables", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "iptables -I FORWARD -i tfl-fab -j ACCEPT",
            "iptables -I FORWARD -o tfl-fab -j ACCEPT",
            "iptables -D FORWARD -i tfl-fab -j ACCEPT",
            "iptables -D FORWARD -o tfl-fab -j ACCEPT",
        }));
    }

    [Test]
    public void After_the_last_contract_the_fabric_is_removed_and_the_settings_are_restored()
    {
        var world = new GridWorld();
        Fabric.Remember(world);
        Fabric.Ensure(Nothing);
        _computer.Tools.Clear();

        Fabric.RemoveIfUnused(world);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -force -batch -", "link del tfl-fab\n"),
            new("nft delete table ip tfl"),
            new("nft delete table inet tfl"),
            new("nft list chain ip filter FORWARD"),
        }));
        Assert.That((_computer.Read(Forward4), _computer.Read(Forward6), _computer.Read(Inotify)), Is.EqualTo(("0", "0", "128")));
        Assert.That(world.Forwarding, Is.Null);
    }

    [Test]
    public void While_something_is_deployed_the_fabric_stays()
    {
        var world = new GridWorld { Networks = [SampleNetworks.Plain], Forwarding = new SavedForwarding("0", "0") };

        Fabric.RemoveIfUnused(world);

        Assert.That(_computer.Tools.Calls, Is.Empty);
        Assert.That(world.Forwarding, Is.Not.Null);
    }

    [Test]
    public void Settings_are_remembered_once()
    {
        var world = new GridWorld();

        Fabric.Remember(world);
        Fabric.Ensure(Nothing);
        Fabric.Remember(world);

        Assert.That(world.Forwarding, Is.EqualTo(new SavedForwarding("0", "0", "128")));
    }

    [Test]
    public void Without_ipv6_its_forwarding_is_neither_read_nor_written()
    {
        _computer.Remove(Forward6);
        var world = new GridWorld();

        Fabric.Remember(world);
        Fabric.Ensure(Nothing);
        Fabric.RemoveIfUnused(world);

        Assert.That(_computer.In(Forward6), Does.Not.Exist);
    }

    [Test]
    public void A_limit_that_an_older_build_did_not_remember_is_left_as_it_is()
    {
        var world = new GridWorld { Forwarding = new SavedForwarding("0", "0") };
        _computer.Write(Inotify, "8192");

        Fabric.RemoveIfUnused(world);

        Assert.That(_computer.Read(Inotify), Is.EqualTo("8192"));
    }
}
