using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.World;

public sealed class NodeUsageTests
{
    private const long MiB = GridCatalog.MiB;
    private const long GiB = GridCatalog.GiB;

    [Test]
    public void A_node_keeps_a_tenth_of_its_memory_at_least_2_GiB_and_20_GiB_of_disk_for_itself()
    {
        Assert.That(Free(1), Is.EqualTo((14 * GiB, 180 * GiB)));
        Assert.That(Free(4), Is.EqualTo(((64 * GiB) - (64 * GiB / 10), 1004 * GiB)));
    }

    [Test]
    public void Machines_and_disks_of_the_node_are_counted_and_others_not()
    {
        var world = new GridWorld
        {
            Deployments =
            [
                Deployment(1001, 1, [Vm(2, 1024, 2048), Vm(1, 512, 0)], new DiskRecord("d", 3)),
                Deployment(1002, 1, [Vm(4, 256, 512)]),
                Deployment(1003, 2, [Vm(8, 4096, 4096)]),
            ],
        };

        var usage = NodeUsage.Of(world, GridCatalog.Get(1));
        var without = NodeUsage.Of(world, GridCatalog.Get(1), exceptContract: 1001);

        Assert.That((usage.Cpus, usage.UsedMemory, usage.UsedDisk), Is.EqualTo((7, 1792 * MiB, (3060 * MiB) + (3 * GiB))));
        Assert.That((without.Cpus, without.UsedMemory, without.UsedDisk), Is.EqualTo((4, 256 * MiB, 512 * MiB)));
    }

    [Test]
    public void All_that_is_free_can_be_claimed_and_not_a_byte_more()
    {
        var usage = NodeUsage.Of(new GridWorld(), GridCatalog.Get(1));

        Assert.That(() => usage.Claim(Deployment(1, 1, [Vm(8, 14 * 1024, 512)])), Throws.Nothing);
        Assert.That(() => usage.Claim(Deployment(1, 1, [], new DiskRecord("d", 180))), Throws.Nothing);
        Assert.That(
            () => usage.Claim(Deployment(1, 1, [Vm(1, (14 * 1024) + 1, 512)])),
            Throws.TypeOf<GridException>().With.Message.EqualTo(
                "node 1 does not have enough memory: wanted 14337 MB, free 14336 MB. Choose another node or ask for less")
                .And.Property("Path").EqualTo(new object[] { "node" }));
        Assert.That(
            () => usage.Claim(Deployment(1, 1, [], new DiskRecord("d", 181))),
            Throws.TypeOf<GridException>().With.Message.StartsWith("node 1 does not have enough disk: wanted 185344 MB, free 184320 MB"));
        Assert.That(() => usage.Claim(Deployment(1, 1, [Vm(9, 1, 1)])), Throws.TypeOf<GridException>());
    }

    [Test]
    public void A_node_that_is_overfull_has_nothing_free()
    {
        var world = new GridWorld { Deployments = [Deployment(1, 1, [Vm(1, 20000, 0)])] };

        Assert.That(
            () => NodeUsage.Of(world, GridCatalog.Get(1)).Claim(Deployment(2, 1, [Vm(1, 1, 0)])),
            Throws.TypeOf<GridException>().With.Message.Contains("free 0 MB"));
    }

    [Test]
    public void Farms_have_the_addresses_of_the_documentation_range()
    {
        Assert.That(GridCatalog.Farms[0].PublicIps.First(), Is.EqualTo("203.0.113.10"));
        Assert.That(GridCatalog.Farms[0].PublicIps.Last(), Is.EqualTo("203.0.113.41"));
        Assert.That(GridCatalog.Farms[1].PublicIps.First(), Is.EqualTo("203.0.113.130"));
        Assert.That(GridCatalog.Farms[1].PublicIps.Last(), Is.EqualTo("203.0.113.137"));
    }

    [Test]
    public void An_unknown_node_is_not_found()
    {
        Assert.That(GridCatalog.Find(9), Is.Null);
        Assert.That(
            () => GridCatalog.Get(9),
            Throws.TypeOf<GridException>().With.Message.EqualTo("the local grid has no node 9: its nodes are 1 to 8"));
        Assert.That(GridCatalog.Nodes.Select(node => node.TwinId), Is.EqualTo(Enumerable.Range(101, 8)));
    }

    private static (long Memory, long Disk) Free(int node)
    {
        var usage = NodeUsage.Of(new GridWorld(), GridCatalog.Get(node));
        return (usage.FreeMemory, usage.FreeDisk);
    }

    private static DeploymentRecord Deployment(long contract, int node, List<VmRecord> vms, params DiskRecord[] disks) =>
        new() { Contract = contract, Node = node, Name = "d", Vms = vms, Disks = [.. disks] };

    private static VmRecord Vm(int cpu, long memory, long rootfs) =>
        new() { Name = $"vm{cpu}", Index = cpu, Cpu = cpu, MemoryMb = memory, RootfsMb = rootfs };
}
