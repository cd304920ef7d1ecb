using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

/// <summary>What deployments use of a node. CPU is overcommitted on the grid, so only memory and disk run out.</summary>
internal sealed record NodeUsage(GridNode Node, int Cpus, long UsedMemory, long UsedDisk)
{
    public long FreeMemory => Node.Memory - Node.ReservedMemory - UsedMemory;

    public long FreeDisk => Node.Disk - GridNode.ReservedDisk - UsedDisk;

    public static NodeUsage Of(GridWorld world, GridNode node, long exceptContract = 0)
    {
        var deployments = world.Deployments.Where(d => d.Node == node.Id && d.Contract != exceptContract).ToList();
        var vms = deployments.SelectMany(d => d.Vms).ToList();
        return new NodeUsage(
            node,
            vms.Sum(vm => vm.Cpu),
            vms.Sum(vm => vm.MemoryMb) * GridCatalog.MiB,
            vms.Sum(vm => Math.Max(vm.RootfsMb, RootFileSystem.LeastMb(vm.Cpu, vm.MemoryMb))) * GridCatalog.MiB
                + deployments.SelectMany(d => d.Disks).Sum(disk => disk.SizeGb) * GridCatalog.GiB);
    }

    public void Claim(DeploymentRecord deployment)
    {
        NodeUsage wanted = Of(new GridWorld { Deployments = [deployment] }, Node);
        VmRecord? biggest = deployment.Vms.MaxBy(vm => vm.Cpu);
        if (biggest is not null && biggest.Cpu > Node.Cpus)
        {
            throw Full("CPUs", $"vm {biggest.Name} wants {biggest.Cpu}", $"{Node.Cpus}");
        }

        Check("memory", wanted.UsedMemory, FreeMemory);
        Check("disk", wanted.UsedDisk, FreeDisk);
    }

    private void Check(string what, long wanted, long free)
    {
        if (wanted > free)
        {
            throw Full(what, $"wanted {wanted / GridCatalog.MiB} MB", $"{Math.Max(0, free) / GridCatalog.MiB} MB");
        }
    }

    private GridException Full(string what, string wanted, string free) =>
        new(
            "Not enough capacity",
            $"node {Node.Id} does not have enough {what}: {wanted}, free {free}. Choose another node or ask for less",
            "node");
}
