using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Planning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentPlannerTests
{
    private readonly GridWorld _world = new();
    private readonly NetworkRecord _network;

    public DeploymentPlannerTests() => _network = Worlds.WithNetwork(_world, 1, 8);

    [Test]
    public void A_new_deployment_has_a_contract_numbers_and_addresses()
    {
        DeploymentChange change = Plan(Worlds.Vm("one") with { Cpu = 2, RootfsMb = 4096, PublicIp6 = true }, Worlds.Vm("two"));

        DeploymentRecord after = change.After;
        Assert.That(
            (after.Contract, after.Node, after.Name, after.NetworkId, after.NetworkName),
            Is.EqualTo((1003L, 1, "vm", _network.Id, "net0")));
        Assert.That((after.CreatedAt, after.Maker), Is.EqualTo((Worlds.Now.ToUnixTimeSeconds(), ProcessIdentity.Current)));
        Assert.That(
            after.Vms.Select(vm => (vm.Name, vm.Index, vm.Ip)),
            Is.EqualTo(new[] { ("one", 3, "10.1.2.2"), ("two", 4, "10.1.2.3") }));
        VmRecord one = after.Vms[0];
        Assert.That(
            (one.Cpu, one.MemoryMb, one.RootfsMb, one.PublicIp, one.PublicIp6),
            Is.EqualTo((2, 1024L, 4096L, (string?)null, "2001:db8:1::3")));
        Assert.That(change.Started, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(change.Member, Is.EqualTo(_network.Members[0]));
        Assert.That(change.Before.Vms, Is.Empty);
        Assert.That(_world.Deployments, Is.EqualTo(new[] { after }));
    }

    [Test]
    public void Memory_of_a_node_runs_out_and_the_error_says_how_much_was_free()
    {
        Plan(Worlds.Vm(memory: 10000));

        Assert.That(
            () => Plan(Worlds.Vm(memory: 5000)),
            Throws.TypeOf<GridException>().With.Message.Contains("node 1 does not have enough memory: wanted 5000 MB, free 4336 MB"));
    }

    [Test]
    public void A_vm_cannot_have_more_cpus_than_its_node_but_nodes_are_overcommitted()
    {
        Plan(Worlds.Vm() with { Cpu = 8 });
        Plan(Worlds.Vm() with { Cpu = 8 });

        Assert.That(
            () => Plan(Worlds.Vm() with { Cpu = 9 }),
            Throws.TypeOf<GridException>().With.Message.Contains("node 1 does not have enough CPUs: vm one wants 9, free 8"));
    }

    [Test]
    public void A_farm_without_public_addresses_gives_none() => Assert.That(
        () => Worlds.Deploy(_world, Worlds.Deployment(_network, 8, Worlds.Vm() with { PublicIp = true })),
        Throws.TypeOf<GridException>().With.Message.Contains("farm 3 (Salzburg_Home) of node 8 has 0 public IPv4 addresses"));

    [Test]
    public void A_public_address_that_is_taken_or_that_the_computer_uses_is_not_given()
    {
        HostFacts host = Worlds.Host with { Addresses = new HashSet<string> { "203.0.113.10", "203.0.113.12" } };
        DeploymentSpec spec = Worlds.Deployment(
            _network,
            1,
            Worlds.Vm("a") with { PublicIp = true },
            Worlds.Vm("b") with { PublicIp = true });

        DeploymentChange change = DeploymentPlanner.Plan(_world, spec, host);

        Assert.That(change.After.Vms.Select(vm => vm.PublicIp), Is.EqualTo(new[] { "203.0.113.11", "203.0.113.13" }));
    }

    [Test]
    public void A_change_starts_new_machines_only_and_leaves_the_others_as_they_are()
    {
        DeploymentChange first = Plan(Worlds.Vm("one") with { PublicIp = true }, Worlds.Vm("two"));
        Boot(first.After);
        DeploymentSpec spec = Worlds.Deployment(_network, 1, Worlds.Vm("new"), Worlds.Vm("one") with { PublicIp = true });

        DeploymentChange second = Worlds.Deploy(_world, spec with { Contract = first.After.Contract, SolutionType = "other" });

        Assert.That(second.Started, Is.EqualTo(new[] { "new" }));
        Assert.That(
            second.After.Vms.Select(vm => (vm.Name, vm.Index, vm.Ip)),
            Is.EqualTo(new[] { ("new", 5, "10.1.2.3"), ("one", 3, "10.1.2.2") }));
        Assert.That(second.After.Vms[1], Is.SameAs(first.After.Vms[0]));
        Assert.That((second.After.Maker, second.After.CreatedAt), Is.EqualTo(((ProcessIdentity?)null, first.After.CreatedAt)));
        Assert.That(second.After.SolutionType, Is.EqualTo("other"));
        Assert.That(_world.Deployments, Is.EqualTo(new[] { second.After }));
    }

    [Test]
    public void A_change_does_not_start_a_machine_that_died()
    {
        DeploymentChange first = Plan(Worlds.Vm("one"));
        first.After.Vms[0] = first.After.Vms[0] with { Process = Worlds.Dead };

        DeploymentChange second = Worlds.Deploy(
            _world,
            Worlds.Deployment(_network, 1, Worlds.Vm("one")) with { Contract = first.After.Contract });

        Assert.That(second.Started, Is.Empty);
    }

    [Test]
    public void A_contract_stays_on_its_node()
    {
        long contract = Plan(Worlds.Vm("one")).After.Contract;

        Assert.That(
            () => Worlds.Deploy(_world, Worlds.Deployment(_network, 8, Worlds.Vm("one")) with { Contract = contract }),
            Throws.TypeOf<GridException>().With.Message.StartsWith("deployment 1003 is on node 1"));
    }

    [Test]
    public void A_chosen_address_goes_to_nobody_else_even_if_it_is_listed_last()
    {
        DeploymentChange change = Plan(Worlds.Vm("first"), Worlds.Vm("second") with { Ip = "10.1.2.2" });

        Assert.That(change.After.Vms.Select(vm => vm.Ip), Is.EqualTo(new[] { "10.1.2.3", "10.1.2.2" }));
    }

    [Test]
    public void A_chosen_address_must_lie_in_the_nodes_range() => Assert.That(
        () => Plan(Worlds.Vm(), Worlds.Vm("two") with { Ip = "10.1.9.9" }),
        Throws.TypeOf<GridException>().With.Message.EqualTo("10.1.9.9 is not in 10.1.2.0/24, the range of node 1; hosts are .2 to .254")
            .And.Property("Path").EqualTo(new object[] { "vms", 1, "ip" }));

    [Test]
    public void A_chosen_address_can_be_used_once_and_kept_by_its_owner()
    {
        DeploymentChange first = Plan(Worlds.Vm() with { Ip = "10.1.2.9" });

        Assert.That(
            () => Plan(Worlds.Vm("two") with { Ip = "10.1.2.9" }),
            Throws.TypeOf<GridException>().With.Message.EqualTo("another vm of network net0 has 10.1.2.9")
                .And.Property("Path").EqualTo(new object[] { "vms", 0, "ip" }));
        Assert.That(
            () => Worlds.Deploy(
                _world,
                Worlds.Deployment(_network, 1, Worlds.Vm() with { Ip = "10.1.2.9" }) with { Contract = first.After.Contract }),
            Throws.Nothing);
    }

    [Test]
    public void The_same_address_on_another_node_or_in_another_network_is_another()
    {
        Plan(Worlds.Vm());

        Assert.That(Worlds.Deploy(_world, Worlds.Deployment(_network, 8, Worlds.Vm())).After.Vms[0].Ip, Is.EqualTo("10.1.3.2"));
        NetworkRecord other = Worlds.WithNetwork(_world, 1);
        Assert.That(Worlds.Deploy(_world, Worlds.Deployment(other, 1, Worlds.Vm())).After.Vms[0].Ip, Is.EqualTo("10.1.2.2"));
    }

    [Test]
    public void A_mycelium_seed_needs_the_nodes_key()
    {
        VmSpec vm = Worlds.Vm() with { MyceliumSeed = "010203040506" };

        Assert.That(
            () => Plan(Worlds.Vm("other"), vm),
            Throws.TypeOf<GridException>().With.Message.EqualTo("network net0 has no mycelium key for node 1; add one to its mycelium_keys")
                .And.Property("Path").EqualTo(new object[] { "vms", 1, "mycelium_ip_seed" }));

        _network.Members[0] = _network.Members[0] with { MyceliumPrefix = "5a1:1:1:1" };
        Assert.That(Plan(vm).After.Vms[0].MyceliumIp, Is.EqualTo("5a1:1:1:1:ff0f:102:304:506"));
        Assert.That(Plan(vm with { MyceliumSeed = "" }).After.Vms[0].MyceliumIp, Is.Null);
    }

    [Test]
    public void A_disk_has_the_computers_kind_and_keeps_its_own()
    {
        DeploymentSpec spec = Worlds.Deployment(_network, 1) with { Disks = [new DiskSpec("data", 5)] };
        DeploymentChange first = DeploymentPlanner.Plan(_world, spec, Worlds.Host with { DiskKind = DiskRecord.Directory });
        DeploymentSpec again = spec with { Contract = first.After.Contract, Disks = [new DiskSpec("data", 6), new DiskSpec("more", 1)] };

        DeploymentChange second = Worlds.Deploy(_world, again);

        Assert.That(second.After.Disks.Select(disk => (disk.Name, disk.SizeGb, disk.Kind)), Is.EqualTo(new[]
        {
            ("data", 6, "directory"), ("more", 1, "ext4"),
        }));
    }

    /// <summary>Another environment at the next apply changes no machine, and none that is new is like the old ones.</summary>
    [Test]
    public void A_machine_keeps_its_profile_for_its_life()
    {
        DeploymentSpec spec = Worlds.Deployment(_network, 1, Worlds.Vm("one")) with { Profile = MachineProfile.Harsh };
        DeploymentChange first = Worlds.Deploy(_world, spec);

        DeploymentSpec more = Worlds.Deployment(_network, 1, Worlds.Vm("one"), Worlds.Vm("two")) with { Contract = first.After.Contract };
        DeploymentChange second = Worlds.Deploy(_world, more);

        Assert.That(second.Started, Is.EqualTo(new[] { "two" }), "its profile is no change of a machine");
        Assert.That(second.After.Vms.Select(vm => vm.Profile), Is.EqualTo(new[] { "harsh", "usual" }));
    }

    [Test]
    public void Mounts_are_kept_for_the_next_boot()
    {
        DeploymentSpec spec = Worlds.Deployment(_network, 1, Worlds.Vm() with { Mounts = [new MountSpec("data", "/data")] });

        DeploymentChange change = Worlds.Deploy(_world, spec with { Disks = [new DiskSpec("data", 1)] });

        Assert.That(change.After.Vms[0].Mounts, Is.EqualTo(new[] { new MountRecord("data", "/data") }));
    }

    [Test]
    public void What_a_deployment_refers_to_must_exist()
    {
        DeploymentSpec spec = Worlds.Deployment(_network, 1, Worlds.Vm());

        Assert.That(() => Worlds.Deploy(_world, spec with { Node = 77 }), Throws.TypeOf<GridException>()
            .With.Message.EqualTo("the local grid has no node 77: its nodes are 1 to 8")
            .And.Property("Path").EqualTo(new object[] { "node" }));
        Assert.That(() => Worlds.Deploy(_world, spec with { NetworkName = "x" }), Throws.TypeOf<GridException>()
            .With.Message.StartsWith("there is no network \"x\" on the local grid")
            .And.Property("Path").EqualTo(new object[] { "network_name" }));
        Assert.That(() => Worlds.Deploy(_world, spec with { Node = 2 }), Throws.TypeOf<GridException>()
            .With.Message.EqualTo("network net0 has nodes 1, 8 and not 2; add it to the network's nodes")
            .And.Property("Path").EqualTo(new object[] { "node" }));
        Assert.That(() => Worlds.Deploy(_world, spec with { Contract = 99 }), Throws.TypeOf<GridException>()
            .With.Message.Contains("failed to get deployment 99 of node 1: deployment not found; try again: failed to get old deployment"));
    }

    [Test]
    public void Each_fault_of_the_node_shows_in_the_plan_and_is_counted_down()
    {
        string[] kinds = [GridFaults.HalfWay, GridFaults.NoBoot, GridFaults.SlowNetwork, GridFaults.ProviderDies];
        foreach (string kind in kinds)
        {
            _world.Faults.Add(new FaultRecord(1, kind, 1, 1));
            DeploymentChange change = Plan(Worlds.Vm());

            Assert.That(
                new[] { change.BreaksHalfWay, change.NeverBoots, change.SlowNetwork, change.ProviderDies },
                Is.EqualTo(kinds.Select(each => each == kind)), kind);
            Assert.That(_world.Faults, Is.Empty);
        }
    }

    private DeploymentChange Plan(params VmSpec[] vms) => Worlds.Deploy(_world, Worlds.Deployment(_network, 1, vms));

    private static void Boot(DeploymentRecord deployment) =>
        deployment.Vms = [.. deployment.Vms.Select(vm => vm with { Process = ProcessIdentity.Current })];
}
