using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NetworkEngineTests : IDisposable
{
    private readonly EngineLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_network_has_a_contract_and_a_range_a_node_and_an_access_point_for_its_user()
    {
        NetworkResult result = _lab.Networks.Apply(EngineLab.Network(1, 4));

        NetworkRecord network = _lab.World.Networks.Single();
        NetworkSecrets secrets = _lab.Computer.Store.ReadSecrets(network.Id)!;
        Assert.That(result.Id, Is.EqualTo(network.Id));
        Assert.That(result.Subnets, Is.EqualTo(new Dictionary<string, string> { ["1"] = "10.1.3.0/24", ["4"] = "10.1.4.0/24" }));
        Assert.That(result.Contracts, Is.EqualTo(new Dictionary<string, long> { ["1"] = 1001, ["4"] = 1002 }));
        Assert.That((result.ExternalIp, result.PublicNode), Is.EqualTo(("10.1.2.0/24", 4)));
        Assert.That(result.ExternalKey, Is.EqualTo(secrets.UserPrivateKey));
        Assert.That(result.AccessConfig, Is.EqualTo(WireGuardGateway.UserConfig(network, secrets)));
        Assert.That(network.Maker, Is.Null, "it is finished");
    }

    [Test]
    public void A_network_is_fabric_then_nodes_then_the_access_point()
    {
        _lab.Networks.Apply(EngineLab.Network(1));

        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"));
        Assert.That(_lab.Exists("/run/netns/tfl-n1"));
        IEnumerable<string> links = _lab.Tools.IpLines
            .Where(line => line.Contains("link add", StringComparison.Ordinal))
            .Select(line => line.Split(" mtu ")[0]);
        Assert.That(links, Is.EqualTo(new[]
        {
            "link add tfl-fab address 02:01:c6:12:00:01",
            "link add tfl-n1",
            "tfl-n1: link add br0 address 02:01:0a:01:03:01",
        }));
        Assert.That(_lab.Tools.Commands, Has.Member("ip -n tfl-n1 link add tfl-w1 type wireguard"));
        Assert.That(
            _lab.Tools.Calls.First(call => call.Input?.Contains("chain forward", StringComparison.Ordinal) is true).Input,
            Does.Contain("10.9.8.7"));
        Assert.That(_lab.World.Networks[0].Members[0].CreatedAt, Is.EqualTo(LeapingClock.Start.ToUnixTimeSeconds()));
    }

    // The engine is root, and its callers need not be: a line break would be a command of ip's batch.
    [TestCase("1", "10.1.9.0/24 dev br0\nnetns exec tfl-n1 /usr/bin/touch /tmp/x\nroute replace 10.1.9.0/24")]
    [TestCase("1", "10.2.9.0/24")]
    [TestCase("1", "10.1.9.0/16")]
    [TestCase("1", "10.1.9.1/24")]
    [TestCase("1\n", "10.1.9.0/24")]
    [TestCase("x", "10.1.9.0/24")]
    public void A_subnet_is_a_24_of_the_network_before_anything_acts_on_it(string node, string subnet)
    {
        GridException refused = Assert.Throws<GridException>(
            () => _lab.Networks.Apply(EngineLab.Network(1) with { Subnets = new() { [node] = subnet } }))!;

        Assert.That((refused.Summary, refused.Message.Contains('\n')), Is.EqualTo(("Invalid subnet", false)));
        Assert.That(_lab.Tools.Commands, Is.Empty);
        Assert.That(_lab.World.Networks, Is.Empty);
    }

    [TestCase("10.1.0.0/24")]
    [TestCase("10.1.0.0/16\nlink del eth0")]
    [TestCase("fd00::/16")]
    public void So_is_its_range(string range) => Assert.That(
        () => _lab.Networks.Apply(EngineLab.Network(1) with { IpRange = range }),
        Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("Invalid range"));

    [Test]
    public void A_subnet_that_the_user_chose_is_used() => Assert.That(
        _lab.Networks.Apply(EngineLab.Network(1) with { Subnets = new() { ["1"] = "10.1.9.0/24" } }).Subnets["1"],
        Is.EqualTo("10.1.9.0/24"));

    [Test]
    public void Without_an_access_point_there_are_no_keys()
    {
        NetworkResult result = _lab.Networks.Apply(EngineLab.Network(1) with { AddWireGuardAccess = false });

        Assert.That((result.AccessConfig, result.ExternalIp, result.ExternalKey, result.PublicNode), Is.EqualTo(("", "", "", 0)));
        Assert.That(_lab.Exists("/grid/secrets"), Is.False);
        Assert.That(_lab.Tools.Commands.Where(command => command.Contains("wg", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void A_changed_network_keeps_its_keys_and_drops_the_nodes_that_left()
    {
        NetworkResult before = _lab.Networks.Apply(EngineLab.Network(1, 4));
        _lab.Tools.Clear();

        NetworkResult after = _lab.Networks.Apply(EngineLab.Network(4, 5) with { Id = before.Id, Description = "new" });

        Assert.That(after.Id, Is.EqualTo(before.Id));
        Assert.That(after.ExternalKey, Is.EqualTo(before.ExternalKey));
        Assert.That((before.PublicNode, after.PublicNode), Is.EqualTo((4, 4)), "the access point stays");
        Assert.That(_lab.World.Networks.Single().Description, Is.EqualTo("new"));
        Assert.That(_lab.Exists("/run/netns/tfl-n1"), Is.False);
        Assert.That(_lab.Tools.IpLines, Has.Member("tfl-n2: route del 10.1.3.0/24"));
    }

    [Test]
    public void A_foreign_access_point_is_a_node_with_a_contract_of_its_own_and_goes_with_the_access()
    {
        NetworkResult open = _lab.Networks.Apply(EngineLab.Network(8));

        Assert.That(open.Contracts, Is.EqualTo(new Dictionary<string, long> { ["8"] = 1001, ["1"] = 1002 }));
        Assert.That(open.Subnets, Is.EqualTo(new Dictionary<string, string> { ["8"] = "10.1.3.0/24", ["1"] = "10.1.4.0/24" }));
        Assert.That((open.ExternalIp, open.PublicNode), Is.EqualTo(("10.1.2.0/24", 1)));
        Assert.That(_lab.Tools.Commands, Has.Member("ip -n tfl-n2 link add tfl-w2 type wireguard"));

        NetworkResult closed = _lab.Networks.Apply(EngineLab.Network(8) with { Id = open.Id, AddWireGuardAccess = false });

        Assert.That(closed.Contracts.Keys, Is.EqualTo(new[] { "8" }));
        Assert.That((closed.AccessConfig, closed.PublicNode), Is.EqualTo(("", 1)), "the provider keeps the number");
        Assert.That(_lab.Exists("/run/netns/tfl-n2"), Is.False);
    }

    [Test]
    public void An_access_point_that_is_no_longer_wanted_is_stopped()
    {
        NetworkResult before = _lab.Networks.Apply(EngineLab.Network(1, 4));
        _lab.Tools.Clear();

        NetworkResult after = _lab.Networks.Apply(EngineLab.Network(1, 4) with { Id = before.Id, AddWireGuardAccess = false });

        Assert.That(after.AccessConfig, Is.Empty);
        Assert.That(_lab.Tools.IpLines, Has.Member("tfl-n1: link del tfl-w1"));
    }

    [Test]
    public void The_last_network_removes_the_fabric_and_its_keys_and_restores_the_settings()
    {
        string first = _lab.Networks.Apply(EngineLab.Network(1)).Id;
        string second = _lab.Networks.Apply(EngineLab.Network(2) with { Name = "other" }).Id;

        _lab.Networks.Delete(first);
        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"), "another network lives");
        _lab.Networks.Delete(second);

        Assert.That(_lab.World.Networks, Is.Empty);
        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"), Is.False);
        Assert.That(Directory.GetFiles(_lab.Computer.In("/run/netns")), Is.Empty);
        Assert.That(Directory.GetFiles(_lab.Computer.In("/grid/secrets")), Is.Empty);
        Assert.That(_lab.Computer.Read("/proc/sys/net/ipv4/ip_forward"), Is.EqualTo("0"));
        Assert.That(_lab.World.Forwarding, Is.Null);
    }

    /// <summary>Another process may end the last contract, and restore the settings, between the two steps of an apply.</summary>
    [Test]
    public async Task Settings_that_were_restored_meanwhile_are_remembered_again()
    {
        WorldPaths paths = _lab.Computer.Paths;
        _lab.Computer.Store.Change(world => world.Forwarding = new SavedForwarding("old", "old", "old"));
        var clock = new WaitSignal();
        var engine = new NetworkEngine(new WorldStore(paths, clock), _lab.Computer.Computer);
        Task<NetworkResult> apply;
        using (FileLock.Take(paths.Lock, TimeSpan.Zero, _lab.Computer.Clock))
        {
            apply = Task.Run(() => engine.Apply(EngineLab.Network(1)));
            await clock.Waited.WaitAsync(TimeSpan.FromSeconds(10));
            File.WriteAllText(paths.World, "{}");
        }

        await apply.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That(_lab.World.Forwarding, Is.EqualTo(new SavedForwarding("0", "0", "128")));
    }

    [Test]
    public void A_network_that_could_not_be_built_leaves_nothing()
    {
        _lab.Tools.Answer("ip netns exec", exitCode: 1, errors: "no nft");

        Assert.That(() => _lab.Networks.Apply(EngineLab.Network(1)), Throws.TypeOf<GridException>().With.Message.EndsWith("no nft"));

        Assert.That(_lab.World.IsEmpty);
        Assert.That(Directory.GetFiles(_lab.Computer.In("/run/netns")), Is.Empty);
        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"), Is.False);
    }

    [Test]
    public void A_change_that_failed_leaves_the_network()
    {
        string id = _lab.Networks.Apply(EngineLab.Network(1)).Id;
        _lab.Tools.Answer("ip netns exec", exitCode: 1);

        Assert.That(() => _lab.Networks.Apply(EngineLab.Network(1) with { Id = id }), Throws.TypeOf<GridException>());

        Assert.That(_lab.World.Networks, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_network_that_cannot_be_planned_leaves_no_fabric()
    {
        Assert.That(
            () => _lab.Networks.Apply(EngineLab.Network(99)),
            Throws.TypeOf<GridException>().With.Property("Path").EqualTo(new object[] { "nodes", 0 }));

        Assert.That(_lab.Exists("/sys/class/net/tfl-fab"), Is.False);
        Assert.That(_lab.World.Forwarding, Is.Null);
        Assert.That(_lab.Computer.Read("/proc/sys/net/ipv4/ip_forward"), Is.EqualTo("0"));
    }

    [Test]
    public void A_dead_network_does_not_keep_its_name()
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        _lab.Computer.Remove("/run/netns/tfl-n1");
        _lab.Tools.Clear();

        NetworkResult result = _lab.Networks.Apply(EngineLab.Network(1));

        Assert.That(_lab.World.Networks.Single().Id, Is.EqualTo(result.Id));
        Assert.That(_lab.Tools.IpLines, Has.Member("link del tfl-n1"));
    }

    [Test]
    public void A_network_that_lives_keeps_its_name()
    {
        _lab.Networks.Apply(EngineLab.Network(1));

        Assert.That(
            () => _lab.Networks.Apply(EngineLab.Network(2)),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("Network name in use"));

        Assert.That(_lab.World.Networks, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_network_of_a_process_that_ended_is_dead()
    {
        _lab.Networks.Apply(EngineLab.Network(1));
        _lab.Computer.Store.Change(world => world.Networks[0].Maker = Worlds.Dead);

        Assert.That(() => _lab.Networks.Apply(EngineLab.Network(1)), Throws.Nothing);
    }

    [Test]
    public void The_deployments_of_a_deleted_network_keep_their_contracts_whether_their_machines_run_or_not()
    {
        _lab.Deploy("one");
        _lab.LetMachinesDie();
        _lab.Networks.Delete(_lab.World.Networks[0].Id);
        _lab.Networks.Apply(EngineLab.Network(1, 4));
        _lab.Deployments.Apply(EngineLab.Deployment(Worlds.Vm("two")));

        _lab.Networks.Delete(_lab.World.Networks[0].Id);

        Assert.That(_lab.World.Networks, Is.Empty);
        Assert.That(_lab.World.Deployments.SelectMany(each => each.Vms).Select(vm => vm.Name), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void A_node_that_refuses_is_named()
    {
        _lab.Computer.Store.Change(world => world.Faults.Add(new FaultRecord(1, GridFaults.Refuse, 4, 0)));

        Assert.That(
            () => _lab.Networks.Apply(EngineLab.Network(1, 4)),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("The node refused").And.Message.Contains("node 4"));
        Assert.That(_lab.World.Networks, Is.Empty);
    }

    /// <summary>The provider keeps it in the state, and an apply makes it again.</summary>
    [Test]
    public void A_network_whose_contracts_have_all_ended_is_made_again_under_its_id()
    {
        NetworkResult before = _lab.Networks.Apply(EngineLab.Network(1));
        _lab.Networks.Delete(before.Id);

        NetworkResult after = _lab.Networks.Apply(EngineLab.Network(1) with { Id = before.Id });

        Assert.That(after.Id, Is.EqualTo(before.Id));
        Assert.That(after.Contracts.Values, Has.None.AnyOf(before.Contracts.Values.Cast<object>().ToArray()));
        Assert.That(_lab.World.Networks.Single().Maker, Is.Null);
    }
}
