using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Planning;

public sealed class NetworkPlannerTests
{
    private static readonly string Key = new('a', 64);

    [Test]
    public void The_user_gets_the_first_24_and_nodes_the_next_in_the_order_asked_for()
    {
        NetworkRecord network = WithNetwork(new GridWorld(), 7, 3);

        Assert.That(
            network.Members.Select(m => (m.Node, m.Subnet, m.Contract, m.Index)),
            Is.EqualTo(new[] { (7, "10.1.3.0/24", 1001L, 1), (3, "10.1.4.0/24", 1002L, 2) }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 3, Subnet = "10.1.2.0/24" }), "the last public node");
        Assert.That(
            network.Members.Select(m => (m.Boot, m.CreatedAt)),
            Is.All.EqualTo((ProcessIdentity.CurrentBoot, Worlds.Now.ToUnixTimeSeconds())));
    }

    [Test]
    public void Without_access_nodes_begin_with_the_first_24()
    {
        var world = new GridWorld();
        var spec = new NetworkSpec { Name = "n", IpRange = "10.1.0.0/16", Nodes = [8] };

        NetworkRecord network = NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Worlds.Now).Network;

        Assert.That(network.Members.Select(m => (m.Node, m.Subnet)), Is.EqualTo(new[] { (8, "10.1.2.0/24") }));
        Assert.That((network.Access, network.PublicNode), Is.EqualTo(((WireGuardAccess?)null, 0)), "one node alone needs nobody");
    }

    [Test]
    public void Where_no_node_has_a_public_address_a_foreign_one_joins_with_a_contract_of_its_own()
    {
        NetworkRecord network = WithNetwork(new GridWorld(), 8);

        Assert.That(
            network.Members.Select(m => (m.Node, m.Subnet, m.Contract)),
            Is.EqualTo(new[] { (8, "10.1.3.0/24", 1001L), (1, "10.1.4.0/24", 1002L) }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 1, Subnet = "10.1.2.0/24" }));
    }

    [Test]
    public void Hidden_nodes_come_first_and_one_that_is_public_is_their_access_point_without_a_user_too()
    {
        var world = new GridWorld();
        var spec = new NetworkSpec { Name = "n", IpRange = "10.1.0.0/16", Nodes = [3, 8] };

        NetworkRecord network = NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Worlds.Now).Network;

        Assert.That(
            network.Members.Select(m => (m.Node, m.Subnet)), Is.EqualTo(new[] { (3, "10.1.3.0/24"), (8, "10.1.2.0/24") }));
        Assert.That((network.Access, network.PublicNode), Is.EqualTo(((WireGuardAccess?)null, 3)));
    }

    [Test]
    public void A_foreign_node_is_one_that_answers()
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, FaultRecord.Unhealthy, 1, 0)] };
        Assert.That(WithNetwork(world, 8).PublicNode, Is.EqualTo(2));

        var spec = new NetworkSpec { Name = "n", IpRange = "10.1.0.0/16", Nodes = [8], AddWireGuardAccess = true };
        world.Faults = [.. Enumerable.Range(1, 7).Select(node => new FaultRecord(node, FaultRecord.Unhealthy, node, 0))];
        Assert.That(
            Assert.Throws<GridException>(() => NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Worlds.Now))!.Summary,
            Is.EqualTo(
                "could not generate deployments data: failed to get public node: could not find enough nodes with specified options"));
    }

    [TestCase(FaultRecord.Unhealthy)]
    [TestCase(GridFaults.Refuse)]
    public void An_access_point_that_does_not_answer_any_more_is_left(string fault)
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1, 2);
        world.Faults.Add(new FaultRecord(1, fault, 2, 0));

        Assert.That(AccessPoint.Of(world, network, Again(network, 1, 3)), Is.EqualTo(3));
    }

    [Test]
    public void A_new_network_has_an_id_a_range_and_a_maker()
    {
        var world = new GridWorld();

        NetworkRecord network = NetworkPlanner.Create(world, new NetworkSpec { Name = "net", IpRange = "10.7.3.1/16" });

        Assert.That(Guid.TryParse(network.Id, out _));
        Assert.That((network.Name, network.IpRange, network.Maker), Is.EqualTo(("net", "10.7.0.0/16", ProcessIdentity.Current)));
        var again = new NetworkSpec { Id = network.Id, Name = "again", IpRange = "10.8.0.0/16" };
        Assert.That(NetworkPlanner.Create(new GridWorld(), again).Id, Is.EqualTo(network.Id), "it is made again");
        Assert.That(NetworkPlanner.Create(new GridWorld(), again with { Id = "../x" }).Id, Does.Not.Contain("x"), "it becomes a path");
        Assert.That(world.Networks, Is.EqualTo(new[] { network }));
    }

    [Test]
    public void A_node_joins_and_leaves_without_moving_the_others()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1, 2);
        NetworkSpec spec = Again(network, 2, 3) with { Description = "d", SolutionType = "tfc/y" };

        NetworkChange change = NetworkPlanner.Change(world, network, spec, Worlds.Now);

        Assert.That(change.Network, Is.SameAs(network));
        Assert.That(change.Removed.Select(m => m.Node), Is.EqualTo(new[] { 1 }));
        Assert.That(network.Members.Select(m => m.Subnet), Is.EqualTo(new[] { "10.1.4.0/24", "10.1.3.0/24" }));
        Assert.That(network.Members.Select(m => m.Contract), Is.EqualTo(new[] { 1002L, 1003L }));
        Assert.That((network.Description, network.SolutionType), Is.EqualTo(("d", "tfc/y")));
    }

    [Test]
    public void An_access_point_stays_also_where_it_left_the_nodes_and_is_removed_when_it_is_not_wanted()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1, 2);

        NetworkPlanner.Change(world, network, Again(network, 2, 1), Worlds.Now);
        Assert.That(network.Access?.Node, Is.EqualTo(2));

        NetworkChange left = NetworkPlanner.Change(world, network, Again(network, 1), Worlds.Now);
        Assert.That(left.Removed, Is.Empty, "its contract stays");
        Assert.That(network.Members.Select(member => member.Node), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 2, Subnet = "10.1.2.0/24" }));

        NetworkChange closed = NetworkPlanner.Change(world, network, Again(network, 1) with { AddWireGuardAccess = false }, Worlds.Now);
        Assert.That(closed.Removed.Select(member => member.Node), Is.EqualTo(new[] { 2 }));
        Assert.That((network.Access, network.PublicNode), Is.EqualTo(((WireGuardAccess?)null, 2)), "the provider keeps its number");

        NetworkPlanner.Change(world, network, Again(network), Worlds.Now);
        Assert.That(network.Access, Is.Null, "a network without nodes has no access point");
    }

    [Test]
    public void Chosen_ranges_are_given_and_kept_free()
    {
        var world = new GridWorld();
        var spec = new NetworkSpec
        {
            Name = "n",
            IpRange = "10.1.0.0/16",
            Nodes = [1, 2],
            Subnets = { ["1"] = "10.1.2.0/24" },
            AddWireGuardAccess = true,
        };

        NetworkRecord network = NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Worlds.Now).Network;

        Assert.That(network.Members.Select(m => m.Subnet), Is.EqualTo(new[] { "10.1.2.0/24", "10.1.4.0/24" }));
        Assert.That(network.Access?.Subnet, Is.EqualTo("10.1.3.0/24"));
    }

    [Test]
    public void A_mycelium_key_gives_its_node_a_prefix_and_takes_it_away_again()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1);

        NetworkPlanner.Change(world, network, Again(network, 1, 2) with { MyceliumKeys = new() { ["1"] = Key } }, Worlds.Now);
        Assert.That(network.Members.Select(m => m.MyceliumPrefix), Is.EqualTo(new[] { AddressPlan.MyceliumPrefix(Key), null }));
        Assert.That(network.Members[0].Subnet, Is.EqualTo("10.1.3.0/24"), "the rest of the node is kept");

        NetworkPlanner.Change(world, network, Again(network, 1, 2) with { MyceliumKeys = new() { ["2"] = Key } }, Worlds.Now);
        Assert.That(network.Members.Select(m => m.MyceliumPrefix), Is.EqualTo(new[] { null, AddressPlan.MyceliumPrefix(Key) }));
    }

    [Test]
    public void A_network_name_can_be_used_once()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1, 2);
        network.SolutionType = "tfc/other";

        Assert.That(
            () => NetworkPlanner.Create(world, new NetworkSpec { Name = network.Name, IpRange = "10.2.0.0/16" }),
            Throws.TypeOf<GridException>().With.Message.StartsWith("a network net0 already exists (contracts 1001, 1002).")
                .And.Property("Path").EqualTo(new object[] { "name" }));
    }

    [Test]
    public void A_network_is_found_by_its_id()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1);

        Assert.That(NetworkPlanner.Find(world, Again(network, 1)), Is.SameAs(network));
        Assert.That(NetworkPlanner.Find(world, Again(network, 1) with { Id = null }), Is.Null);
        Assert.That(NetworkPlanner.Find(world, Again(network, 1) with { Id = "x" }), Is.Null, "its contracts have ended");
        Assert.That(() => NetworkPlanner.Find(world, Again(network, 1) with { Name = "x" }), Throws.TypeOf<GridException>());
        Assert.That(
            () => NetworkPlanner.Find(world, Again(network, 1) with { IpRange = "10.9.0.0/16" }),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("A network keeps its name and its range"));
    }

    [Test]
    public void An_unknown_node_is_refused_at_its_place()
    {
        var world = new GridWorld();
        NetworkRecord network = WithNetwork(world, 1);

        Assert.That(
            () => NetworkPlanner.Change(world, network, Again(network, 1, 9), Worlds.Now),
            Throws.TypeOf<GridException>().With.Message.EqualTo("the local grid has no node 9: its nodes are 1 to 8")
                .And.Property("Path").EqualTo(new object[] { "nodes", 1 }));
    }

    // With the ranges that the planner chooses.
    private static NetworkRecord WithNetwork(GridWorld world, params int[] nodes)
    {
        var spec = new NetworkSpec
        {
            Name = $"net{world.Networks.Count}",
            IpRange = "10.1.0.0/16",
            Nodes = [.. nodes],
            AddWireGuardAccess = true,
        };
        return NetworkPlanner.Change(world, NetworkPlanner.Create(world, spec), spec, Worlds.Now).Network;
    }

    private static NetworkSpec Again(NetworkRecord network, params int[] nodes) =>
        new() { Id = network.Id, Name = network.Name, IpRange = network.IpRange, Nodes = [.. nodes], AddWireGuardAccess = true };
}
