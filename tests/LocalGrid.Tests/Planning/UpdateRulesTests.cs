using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Planning;

/// <summary>What a node refuses to change in a deployment, with the words of the original, and what it takes.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UpdateRulesTests
{
    private const string ZMachine = "failed to send deployment update request to node 1: "
        + "workload 'zmachine' does not support upgrade: upgrade validation error";

    private static readonly VmSpec Vm = Worlds.Vm() with { PublicIp = true, Mounts = [new MountSpec("data", "/data")] };

    private readonly GridWorld _world = new();
    private readonly DeploymentSpec _spec;

    public UpdateRulesTests()
    {
        NetworkRecord network = Worlds.WithNetwork(_world, 1);
        DeploymentSpec made = Worlds.Deployment(network, 1, Vm, Worlds.Vm("two")) with
        {
            Disks = [new DiskSpec("data", 2), new DiskSpec("spare", 2)],
        };
        _spec = made with { Contract = Worlds.Deploy(_world, made).After.Contract };
    }

    private static IEnumerable<TestCaseData> Machines =>
    [
        new TestCaseData(Vm with { MemoryMb = 2048 }).SetArgDisplayNames("memory"),
        new TestCaseData(Vm with { Cpu = 2 }).SetArgDisplayNames("cpu"),
        new TestCaseData(Vm with { RootfsMb = 4096 }).SetArgDisplayNames("root file system"),
        new TestCaseData(Vm with { Flist = "https://hub/y.flist" }).SetArgDisplayNames("flist"),
        new TestCaseData(Vm with { Entrypoint = "/init" }).SetArgDisplayNames("entrypoint"),
        new TestCaseData(Vm with { Description = "mine" }).SetArgDisplayNames("description"),
        new TestCaseData(Vm with { Environment = new() { ["SSH_KEY"] = "other" } }).SetArgDisplayNames("ssh key"),
        new TestCaseData(Vm with { Mounts = [new MountSpec("spare", "/data")] }).SetArgDisplayNames("mount"),
        new TestCaseData(Vm with { Ip = "10.1.2.9" }).SetArgDisplayNames("ip"),
        new TestCaseData(Vm with { PublicIp = false }).SetArgDisplayNames("no public ip"),
        new TestCaseData(Vm with { MyceliumSeed = "010203040506" }).SetArgDisplayNames("mycelium"),
    ];

    [TestCaseSource(nameof(Machines))]
    public void A_machine_is_not_changed(object vm) => MustRefuse(_spec with { Vms = [(VmSpec)vm, Worlds.Vm("two")] }, ZMachine, "vms", 0);

    [Test]
    public void A_machine_that_gets_anothers_address_by_its_place_in_the_list_is_changed() =>
        MustRefuse(_spec with { Vms = [Worlds.Vm("two") with { Ip = "10.1.2.2" }] }, ZMachine, "vms", 0);

    [Test]
    public void A_machine_is_not_put_into_another_network()
    {
        NetworkRecord other = Worlds.WithNetwork(_world, 1);

        MustRefuse(_spec with { NetworkName = other.Name }, ZMachine, "vms", 0);
    }

    [Test]
    public void A_public_address_is_a_workload_of_its_own() => MustRefuse(
        _spec with { Vms = [Vm with { PublicIp6 = true }, Worlds.Vm("two")] },
        ZMachine.Replace("zmachine", "ip", StringComparison.Ordinal),
        "vms", 0);

    [Test]
    public void The_number_of_public_ipv4_addresses_does_not_grow() => MustRefuse(
        _spec with { Vms = [Vm, Worlds.Vm("two") with { PublicIp = true }] },
        "currently, it's not possible to increase the number of reserved public ips in a deployment, node: 1, current: 1, requested: 2",
        "vms");

    [TestCase("data", 3, "disk is mounted, please delete the VM first")]
    [TestCase("data", 1, "not safe to shrink a disk")]
    [TestCase("spare", 1, "not safe to shrink a disk")]
    public void A_disk_does_not_shrink_and_one_that_is_mounted_does_not_grow(string name, int size, string problem) => MustRefuse(
        _spec with { Disks = [.. _spec.Disks.Select(disk => disk.Name == name ? disk with { SizeGb = size } : disk)] },
        $"error waiting deployment: workload {name} within deployment {_spec.Contract} was not updated: {problem}",
        "disks", _spec.Disks.FindIndex(disk => disk.Name == name));

    [Test]
    public void Machines_come_and_go_a_spare_disk_grows_and_the_metadata_changes()
    {
        DeploymentSpec spec = _spec with
        {
            Name = "other",
            SolutionType = "other",
            Disks = [new DiskSpec("data", 2), new DiskSpec("spare", 3), new DiskSpec("new", 1)],
            Vms = [Vm with { Ip = "10.1.2.2" }, Worlds.Vm("three")],
        };

        Assert.That(Worlds.Deploy(_world, spec).Started, Is.EqualTo(new[] { "three" }));
        Assert.That(_world.Deployments.Single().Disks.Select(disk => disk.SizeGb), Is.EqualTo(new[] { 2, 3, 1 }));
    }

    private void MustRefuse(DeploymentSpec spec, string message, params object[] path)
    {
        Assert.That(
            () => Worlds.Deploy(_world, spec),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("couldn't update deployment with error")
                .And.Message.EqualTo(message).And.Property("Path").EqualTo(path));
    }
}
