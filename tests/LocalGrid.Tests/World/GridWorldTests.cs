using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.World;

public sealed class GridWorldTests
{
    [Test]
    public void Numbers_of_interfaces_are_unique_and_not_used_again_at_once()
    {
        var world = new GridWorld { Networks = [SampleNetworks.Full], NextIndex = 2 };

        Assert.That(new[] { world.TakeIndex(), world.TakeIndex(), world.TakeIndex() }, Is.EqualTo(new[] { 2, 4, 5 }), "3 is a node's");
    }

    [Test]
    public void After_the_last_number_the_first_that_is_free_follows()
    {
        var deployment = new DeploymentRecord { Contract = 1, Node = 1, Name = "d", Vms = [new VmRecord { Name = "v", Index = 1 }] };
        var world = new GridWorld { NextIndex = 60000, Deployments = [deployment] };

        Assert.That(new[] { world.TakeIndex(), world.TakeIndex() }, Is.EqualTo(new[] { 60000, 2 }));
    }

    [Test]
    public void A_grid_without_free_numbers_is_full()
    {
        var deployment = new DeploymentRecord
        {
            Contract = 1,
            Node = 1,
            Name = "d",
            Vms = [.. Enumerable.Range(1, 60000).Select(i => new VmRecord { Name = "v", Index = i })],
        };

        Assert.That(
            () => new GridWorld { Deployments = [deployment] }.TakeIndex(),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("The local grid is full")
                .And.Message.EqualTo("no interface number is free; run the prune verb"));
    }

    [Test]
    public void Contracts_are_counted()
    {
        var world = new GridWorld();

        Assert.That(new[] { world.TakeContract(), world.TakeContract() }, Is.EqualTo(new[] { 1001L, 1002L }));
    }

    [Test]
    public void A_world_is_empty_without_networks_and_deployments()
    {
        Assert.That(new GridWorld().IsEmpty);
        Assert.That(new GridWorld { Networks = [SampleNetworks.Plain] }.IsEmpty, Is.False);
        Assert.That(new GridWorld { Deployments = [new DeploymentRecord { Contract = 1, Node = 1, Name = "d" }] }.IsEmpty, Is.False);
    }

    [Test]
    public void A_deployments_node_is_found_by_network_and_node()
    {
        var world = new GridWorld { Networks = [SampleNetworks.Plain, SampleNetworks.Full] };
        var deployment = new DeploymentRecord { Contract = 1, Node = 4, Name = "d", NetworkId = SampleNetworks.Full.Id };

        Assert.That(world.MemberOf(deployment), Is.EqualTo(SampleNetworks.Second));
        Assert.That(world.MemberOf(new DeploymentRecord { Contract = 1, Node = 4, Name = "d", NetworkId = "gone" }), Is.Null);
        Assert.That(
            world.MemberOf(new DeploymentRecord { Contract = 1, Node = 5, Name = "d", NetworkId = SampleNetworks.Full.Id }),
            Is.Null);
    }

    [Test]
    public void Names_on_this_computer_follow_from_numbers()
    {
        Assert.That((SampleNetworks.First.Namespace, SampleNetworks.First.Gateway), Is.EqualTo(("tfl-n3", "10.1.2.1")));
        Assert.That(SampleNetworks.Machine.Machine, Is.EqualTo("tfl-v5"));
    }

    [Test]
    public void A_deployment_without_a_project_is_named_by_its_name()
    {
        Assert.That(new DeploymentRecord { Contract = 1, Node = 1, Name = "d" }.ProjectName, Is.EqualTo("vm/d"));
        Assert.That(new DeploymentRecord { Contract = 1, Node = 1, Name = "d", SolutionType = "tfc/x" }.ProjectName, Is.EqualTo("tfc/x"));
    }

    [Test]
    public void Places_are_below_one_folder()
    {
        var paths = new WorldPaths("/w");

        Assert.That(
            new[]
            {
                paths.World, paths.EndedContracts, paths.Lock, paths.ImageLock, paths.Images, paths.AptCache, paths.Caches,
                paths.MachineOf("m"), paths.DisksOf(7), paths.SecretsOf("n"),
            },
            Is.EqualTo(new[]
            {
                "/w/world.json", "/w/ended.json", "/w/world.lock", "/w/image.lock", "/w/images", "/w/cache/packages", "/w/cache",
                "/w/machines/m", "/w/disks/c7", "/w/secrets/network-n.json",
            }));
    }
}
