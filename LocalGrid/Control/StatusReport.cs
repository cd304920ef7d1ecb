using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record ImageStatus(string? Path, bool Current);

internal sealed record NodeStatus(
    int Node, string Farm, int TotalCpus, int UsedCpus, long TotalMemoryMb, long FreeMemoryMb, long TotalDiskMb, long FreeDiskMb);

internal sealed record ContractStatus(long Contract, int Node, string Type, string Name, string Project);

internal sealed record VmStatus(string Name, string Machine, int Node, long Contract, string Network)
{
    public required IReadOnlyList<string> Ips { get; init; }

    public required string State { get; init; }

    public required int? Pid { get; init; }

    public required IReadOnlyList<string> Disks { get; init; }

    public required string Console { get; init; }

    /// <summary>What it was like when it was new; null if an older build created it.</summary>
    public string? Profile { get; init; }
}

internal sealed record StatusReport(
    ImageStatus Image,
    IReadOnlyList<NodeStatus> Nodes,
    IReadOnlyList<ContractStatus> Contracts,
    IReadOnlyList<VmStatus> Vms,
    IReadOnlyList<FaultRecord> Faults,
    IReadOnlyList<string> Leftovers)
{
    /// <summary>Folders that could not be searched for leftovers, because only root may read them; null for none.</summary>
    public IReadOnlyList<string>? OnlyForRoot { get; init; }

    public static StatusReport Of(WorldStore store, Computer computer)
    {
        GridWorld world = store.Read();
        (IReadOnlyList<Leftover> leftovers, IReadOnlyList<string> closed) = new Leftovers(store.Paths, computer).Look(world);
        return new StatusReport(
            ImageOf(store.Paths, computer),
            [.. GridCatalog.Nodes.Select(node => NodeOf(NodeUsage.Of(world, node)))],
            [.. ContractsOf(world)],
            [.. world.Vms.Select(item => VmOf(store.Paths, item.Deployment, item.Vm))],
            world.Faults,
            [.. leftovers.Select(left => left.ToString())])
        {
            OnlyForRoot = closed.Count > 0 ? closed : null,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Default.StatusReport);

    private static ImageStatus ImageOf(WorldPaths paths, Computer computer)
    {
        string current = new BaseImage(paths, computer).Current(MachineProfile.Usual);

        // Only root may enter the folder, but everybody may list it.
        string[] all = Directory.Exists(paths.Images) ? Directory.GetDirectories(paths.Images) : [];
        string? any = all.FirstOrDefault();
        return all.Contains(current) ? new ImageStatus(current, true) : new ImageStatus(any, false);
    }

    private static NodeStatus NodeOf(NodeUsage usage) => new(
        usage.Node.Id, usage.Node.Farm.Name, usage.Node.Cpus, usage.Cpus,
        usage.Node.Memory / GridCatalog.MiB, usage.FreeMemory / GridCatalog.MiB,
        usage.Node.Disk / GridCatalog.MiB, usage.FreeDisk / GridCatalog.MiB);

    private static IEnumerable<ContractStatus> ContractsOf(GridWorld world) =>
    [
        .. world.Networks.SelectMany(network => network.Members.Select(member =>
            new ContractStatus(member.Contract, member.Node, "network", network.Name, NetworkRecord.ProjectName))),
        .. world.Deployments.Select(deployment =>
            new ContractStatus(deployment.Contract, deployment.Node, "vm", deployment.Name, deployment.ProjectName)),
    ];

    private static VmStatus VmOf(WorldPaths paths, DeploymentRecord deployment, VmRecord vm) =>
        new(vm.Name, vm.Machine, deployment.Node, deployment.Contract, deployment.NetworkName)
        {
            Ips = [.. new[] { vm.Ip, vm.PublicIp, vm.PublicIp6, vm.MyceliumIp }.OfType<string>()],
            State = vm.Process is { IsAlive: true } ? "running" : "stopped",
            Pid = vm.Process?.Pid,
            Disks = [.. deployment.Disks.Select(DiskOf)],
            Console = new VmPaths(paths.MachineOf(vm.Machine)).Console,
            Profile = vm.Profile,
        };

    private static string DiskOf(DiskRecord disk)
    {
        string kind = disk.Kind == DiskRecord.Ext4 ? "ext4 image" : "directory without a size limit";
        return $"{disk.Name}: {disk.SizeGb} GB, {kind}";
    }
}
