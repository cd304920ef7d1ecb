using System.Text.Json;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record ImageStatus(string? Path, bool Current);

internal sealed record NodeStatus(
    int Node,
    string Farm,
    int TotalCpus,
    int UsedCpus,
    long TotalMemoryMb,
    long FreeMemoryMb,
    long TotalDiskMb,
    long FreeDiskMb);

internal sealed record ContractStatus(long Contract, int Node, string Type, string Name, string Project);

internal sealed record VmStatus(
    string Name, string Machine, int Node, long Contract, string Network, IReadOnlyList<string> Ips, string State,
    int? Pid, IReadOnlyList<string> Disks, string Console);

internal sealed record StatusReport(
    ImageStatus Image,
    IReadOnlyList<NodeStatus> Nodes,
    IReadOnlyList<ContractStatus> Contracts,
    IReadOnlyList<VmStatus> Vms,
    IReadOnlyList<FaultRecord> Faults,
    IReadOnlyList<string> Leftovers)
{
    public static StatusReport Of(WorldStore store)
    {
        var world = store.Read();
        return new StatusReport(
            ImageOf(store),
            [.. GridCatalog.Nodes.Select(node => NodeOf(NodeUsage.Of(world, node)))],
            [.. ContractsOf(world)],
            [.. world.Vms.Select(item => VmOf(store, item.Deployment, item.Vm))],
            world.Faults,
            [.. LeftoversOf(store, world)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Default.StatusReport);

    private static ImageStatus ImageOf(WorldStore store)
    {
        var current = new BaseImage(store.Paths).Current;
        var any = Directory.Exists(store.Paths.Images) ? Directory.GetDirectories(store.Paths.Images).FirstOrDefault() : null;
        return Directory.Exists(current) ? new ImageStatus(current, true) : new ImageStatus(any, false);
    }

    private static NodeStatus NodeOf(NodeUsage usage) => new(
        usage.Node.Id, usage.Node.Farm.Name, usage.Node.Cpus, usage.Cpus,
        usage.Node.Memory / GridCatalog.MiB,
        usage.FreeMemory / GridCatalog.MiB,
        usage.Node.Disk / GridCatalog.MiB,
        usage.FreeDisk / GridCatalog.MiB);

    private static IEnumerable<ContractStatus> ContractsOf(GridWorld world) =>
        world.Networks.SelectMany(n => n.Members.Select(m => new ContractStatus(m.Contract, m.Node, "network", n.Name, n.SolutionType)))
            .Concat(world.Deployments.Select(d => new ContractStatus(d.Contract, d.Node, "vm", d.Name, d.ProjectName)));

    private static VmStatus VmOf(WorldStore store, DeploymentRecord deployment, VmRecord vm) => new(
        vm.Name, vm.Machine, deployment.Node, deployment.Contract, deployment.NetworkName,
        [.. new[] { vm.Ip, vm.PublicIp, vm.PublicIp6, vm.MyceliumIp }.OfType<string>()],
        vm.Process is { IsAlive: true } ? "running" : "stopped", vm.Process?.Pid,
        [
            .. deployment.Disks.Select(disk =>
                $"{disk.Name}: {disk.SizeGb} GB, {(disk.Kind == "ext4" ? "ext4 image" : "directory without a size limit")}"),
        ],
        new VmPaths(store.Paths.MachineOf(vm.Machine)).Console);

    private static IEnumerable<string> LeftoversOf(WorldStore store, GridWorld world) =>
        Control.Leftovers.Find(store.Paths, world).Select(left => left.ToString());
}
