using NUnit.Framework;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests;

public sealed class PlannerTests
{
    [Test]
    public void Nodes_get_a_24_each_in_the_order_asked_for_and_the_user_the_next()
    {
        var network = Worlds.WithNetwork(new GridWorld(), 7, 3);

        Assert.That(
            network.Members.Select(m => (m.Node, m.Subnet, m.Contract)),
            Is.EqualTo(new[] { (7, "10.1.2.0/24", 1001L), (3, "10.1.3.0/24", 1002L) }));
        Assert.That(network.Access?.Subnet, Is.EqualTo("10.1.4.0/24"));
    }

    [Test]
    public void A_node_joins_and_leaves_without_moving_the_others()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1, 2);
        var spec = new NetworkSpec
        {
            Id = network.Id,
            Name = network.Name,
            IpRange = network.IpRange,
            Nodes = [2, 3],
            AddWireGuardAccess = true,
        };

        var change = NetworkPlanner.Change(world, network, spec);

        Assert.That(change.Removed.Select(m => m.Node), Is.EqualTo(new[] { 1 }));
        Assert.That(network.Members.Select(m => m.Subnet), Is.EqualTo(new[] { "10.1.3.0/24", "10.1.2.0/24" }));
        Assert.That(network.Access, Is.EqualTo(new WireGuardAccess { Node = 2, Subnet = "10.1.4.0/24" }));
    }

    [Test]
    public void A_network_name_can_be_used_once()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);

        Assert.That(
            () => NetworkPlanner.Create(world, new NetworkSpec { Name = network.Name, IpRange = "10.2.0.0/16" }),
            Throws.TypeOf<GridException>().With.Message.Contains("1001"));
    }

    [Test]
    public void Memory_of_a_node_runs_out_and_the_error_says_how_much_was_free()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm(memory: 10000)));

        Assert.That(
            () => DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm(memory: 5000))),
            Throws.TypeOf<GridException>().With.Message.Contains("node 1 has not enough memory: wanted 5000 MB, free 4336 MB"));
    }

    [Test]
    public void A_vm_cannot_have_more_cpus_than_its_node_but_nodes_are_overcommitted()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm() with { Cpu = 8 }));
        DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm() with { Cpu = 8 }));

        Assert.That(
            () => DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm() with { Cpu = 9 })),
            Throws.TypeOf<GridException>().With.Message.Contains("not enough CPUs"));
    }

    [Test]
    public void Public_addresses_of_a_farm_run_out()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 8);

        Assert.That(
            () => DeploymentPlanner.Plan(world, Worlds.Deployment(network, 8, Worlds.Vm() with { PublicIp = true })),
            Throws.TypeOf<GridException>().With.Message.Contains("farm 3 (Salzburg_Home)"));
    }

    [Test]
    public void A_changed_vm_keeps_its_addresses_and_an_unchanged_one_is_left_alone()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        var first = DeploymentPlanner.Plan(
            world,
            Worlds.Deployment(network, 1, Worlds.Vm("one") with { PublicIp = true }, Worlds.Vm("two")));
        first.After.Vms = [.. first.After.Vms.Select(vm => vm with { Process = ProcessIdentity.Current })];
        var spec = Worlds.Deployment(network, 1, Worlds.Vm("two"), Worlds.Vm("one", 2048) with { PublicIp = true });

        var second = DeploymentPlanner.Plan(world, spec with { Contract = first.After.Contract });

        Assert.That(second.Restarted, Is.EqualTo(new[] { "one" }));
        Assert.That(second.After.Vms[1].Ip, Is.EqualTo(first.After.Vms[0].Ip));
        Assert.That(second.After.Vms[1].PublicIp, Is.EqualTo("203.0.113.10"));
    }

    [Test]
    public void A_chosen_address_must_lie_in_the_nodes_range()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);

        Assert.That(
            () => DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm() with { Ip = "10.1.9.9" })),
            Throws.TypeOf<GridException>().With.Property("Path").EqualTo(new object[] { "vms", 0, "ip" }));
    }

    [Test]
    public void A_disk_name_cannot_lead_out_of_the_disks_folder()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        var spec = Worlds.Deployment(network, 1) with { Disks = [new DiskSpec("../../etc", 1)] };

        Assert.That(() => DeploymentPlanner.Plan(world, spec), Throws.TypeOf<GridException>());
    }

    [Test]
    public void A_node_that_refuses_does_so_as_often_as_asked()
    {
        var world = new GridWorld { Faults = [new FaultRecord(1, GridFaults.Refuse, 2, 1)] };

        Assert.That(() => Worlds.WithNetwork(world, 2), Throws.TypeOf<GridException>());
        Assert.That(world.Faults, Is.Empty);
    }
}
