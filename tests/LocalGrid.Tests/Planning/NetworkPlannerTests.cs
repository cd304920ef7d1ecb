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
    public void Nodes_get_a_24_each_in_the_order_asked_for_and_the_user_the_next()
    {
        NetworkRecord network = Worlds.WithNetwork(new GridWorld(), 7, 3);

        Assert.That(
            network.Members.Select(m => (m.Node, m.Subnet, m.Contract, m.Index)),
            Is.EqualTo(new[] { (7, "10.1.2.0/24", 1001L, 1), (3, "10.1.3.0/24", 1002L, 2) }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 7, Subnet = "10.1.4.0/24" }));
        Assert.That(
            network.Members.Select(m => (m.Boot, m.CreatedAt)),
            Is.All.EqualTo((ProcessIdentity.CurrentBoot, Worlds.Now.ToUnixTimeSeconds())));
    }

    [Test]
    public void A_new_network_has_an_id_a_range_and_a_maker()
    {
        var world = new GridWorld();

        NetworkRecord network = NetworkPlanner.Create(world, new NetworkSpec { Name = "net", IpRange = "10.7.3.1/16" });

        Assert.That(Guid.TryParse(network.Id, out _));
        Assert.That((network.Name, network.IpRange, network.Maker), Is.EqualTo(("net", "10.7.0.0/16", ProcessIdentity.Current)));
        Assert.That(world.Networks, Is.EqualTo(new[] { network }));
    }

    [Test]
    public void A_node_joins_and_leaves_without_moving_the_others()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1, 2);
        NetworkSpec spec = Again(network, 2, 3) with { Description = "d", SolutionType = "tfc/y" };

        NetworkChange change = NetworkPlanner.Change(world, network, spec, Worlds.Now);

        Assert.That(change.Network, Is.SameAs(network));
        Assert.That(change.Removed.Select(m => m.Node), Is.EqualTo(new[] { 1 }));
        Assert.That(network.Members.Select(m => m.Subnet), Is.EqualTo(new[] { "10.1.3.0/24", "10.1.2.0/24" }));
        Assert.That(network.Members.Select(m => m.Contract), Is.EqualTo(new[] { 1002L, 1003L }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 2, Subnet = "10.1.4.0/24" }), "the access point moved");
        Assert.That((network.Description, network.SolutionType), Is.EqualTo(("d", "tfc/y")));
    }

    [Test]
    public void An_access_point_stays_where_it_is_and_is_removed_when_it_is_not_wanted()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1, 2);

        NetworkPlanner.Change(world, network, Again(network, 2, 1), Worlds.Now);
        Assert.That(network.Access?.Node, Is.EqualTo(1));

        NetworkPlanner.Change(world, network, Again(network, 2, 1) with { AddWireGuardAccess = false }, Worlds.Now);
        Assert.That(network.Access, Is.Null);

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

        Assert.That(network.Members.Select(m => m.Subnet), Is.EqualTo(new[] { "10.1.2.0/24", "10.1.3.0/24" }));
        Assert.That(network.Access?.Subnet, Is.EqualTo("10.1.4.0/24"));
    }

    [Test]
    public void A_mycelium_key_gives_its_node_a_prefix_and_takes_it_away_again()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1);

        NetworkPlanner.Change(world, network, Again(network, 1, 2) with { MyceliumKeys = new() { ["1"] = Key } }, Worlds.Now);
        Assert.That(network.Members.Select(m => m.MyceliumPrefix), Is.EqualTo(new[] { AddressPlan.MyceliumPrefix(Key), null }));
        Assert.That(network.Members[0].Subnet, Is.EqualTo("10.1.2.0/24"), "the rest of the node is kept");

        NetworkPlanner.Change(world, network, Again(network, 1, 2) with { MyceliumKeys = new() { ["2"] = Key } }, Worlds.Now);
        Assert.That(network.Members.Select(m => m.MyceliumPrefix), Is.EqualTo(new[] { null, AddressPlan.MyceliumPrefix(Key) }));
    }

    [Test]
    public void A_network_name_can_be_used_once()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1, 2);
        network.SolutionType = "tfc/other";

        Assert.That(
            () => NetworkPlanner.Create(world, new NetworkSpec { Name = network.Name, IpRange = "10.2.0.0/16" }),
            Throws.TypeOf<GridException>().With.Message.StartsWith("a network net0 already exists (contracts 1001, 1002, tfc/other).")
                .And.Property("Path").EqualTo(new object[] { "name" }));
    }

    [Test]
    public void A_network_is_found_by_its_id()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1);

        Assert.That(NetworkPlanner.Find(world, Again(network, 1)), Is.SameAs(network));
        Assert.That(NetworkPlanner.Find(world, Again(network, 1) with { Id = null }), Is.Null);
        Assert.That(() => NetworkPlanner.Find(world, Again(network, 1) with { Id = "x" }), Throws.TypeOf<GridException>());
        Assert.That(() => NetworkPlanner.Find(world, Again(network, 1) with { Name = "x" }), Throws.TypeOf<GridException>());
        Assert.That(
            () => NetworkPlanner.Find(world, Again(network, 1) with { IpRange = "10.9.0.0/16" }),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("A network keeps its name and its range"));
    }

    [Test]
    public void An_unknown_node_is_refused_at_its_place()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 1);

        Assert.That(
            () => NetworkPlanner.Change(world, network, Again(network, 1, 9), Worlds.Now),
            Throws.TypeOf<GridException>().With.Message.EqualTo("the local grid has no node 9: its nodes are 1 to 8")
                .And.Property("Path").EqualTo(new object[] { "nodes", 1 }));
    }

    private static NetworkSpec Again(NetworkRecord network, params int[] nodes) =>
        new() { Id = network.Id, Name = network.Name, IpRange = network.IpRange, Nodes = [.. nodes], AddWireGuardAccess = true };
}
