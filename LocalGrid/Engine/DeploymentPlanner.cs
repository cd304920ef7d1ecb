using System.Security.Cryptography;
using System.Text.Json;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>What an apply has to do to a deployment.</summary>
internal sealed record DeploymentChange(
    DeploymentRecord Before,
    DeploymentRecord After,
    NetworkMember Member,
    IReadOnlyList<string> Restarted)
{
    public bool BreaksHalfWay { get; init; }

    public bool NeverBoots { get; init; }

    public bool SlowNetwork { get; init; }

    public bool ProviderDies { get; init; }
}

/// <summary>Decides addresses, numbers and capacity of a deployment. Runs with the world's lock held.</summary>
internal static class DeploymentPlanner
{
    public static DeploymentChange Plan(GridWorld world, DeploymentSpec spec)
    {
        SpecGuard.Check(spec);
        var node = GridFaults.CheckNode(world, GridCatalog.Find(spec.Node) ?? throw UnknownNode(spec));
        var network = world.Networks.FirstOrDefault(n => n.Name == spec.NetworkName) ?? throw NoNetwork(spec);
        var member = network.MemberOn(node.Id) ?? throw NotInNetwork(spec, network);
        var before = Before(world, spec, network);
        var after = After(world, spec, before, network, node);
        NodeUsage.Of(world, node, before.Contract).Claim(after);
        world.Deployments.RemoveAll(d => d.Contract == after.Contract);
        world.Deployments.Add(after);
        return new DeploymentChange(before, after, member, Restarted(before, after))
        {
            BreaksHalfWay = GridFaults.Takes(world, GridFaults.HalfWay, node.Id) is not null,
            NeverBoots = GridFaults.Takes(world, GridFaults.NoBoot, node.Id) is not null,
            SlowNetwork = GridFaults.Takes(world, GridFaults.SlowNetwork, node.Id) is not null,
            ProviderDies = GridFaults.Takes(world, GridFaults.ProviderDies, node.Id) is not null,
        };
    }

    private static DeploymentRecord Before(GridWorld world, DeploymentSpec spec, NetworkRecord network)
    {
        if (spec.Contract is { } contract)
        {
            return world.Deployments.FirstOrDefault(d => d.Contract == contract)
                ?? throw new GridException(
                    "The deployment is gone",
                    $"contract {contract} is not on the local grid any more; run terraform apply again to make it anew");
        }

        return new DeploymentRecord
        {
            Contract = world.TakeContract(),
            Node = spec.Node,
            Name = spec.Name,
            NetworkId = network.Id,
            NetworkName = network.Name,
            CreatedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        };
    }

    private static DeploymentRecord After(
        GridWorld world,
        DeploymentSpec spec,
        DeploymentRecord before,
        NetworkRecord network,
        GridNode node)
    {
        var after = new DeploymentRecord
        {
            Contract = before.Contract,
            Node = spec.Node,
            Name = spec.Name,
            SolutionType = spec.SolutionType,
            NetworkId = network.Id,
            NetworkName = network.Name,
            CreatedAt = before.CreatedAt,
            Maker = spec.Contract is null ? ProcessIdentity.Current : null,
            Disks = [.. spec.Disks.Select(disk => Disk(before, disk))],
        };
        world.Deployments.RemoveAll(d => d.Contract == before.Contract);
        world.Deployments.Add(after);

        // First those whose address is settled, so that nobody is given it by chance.
        foreach (var vm in spec.Vms.OrderBy(vm => vm.Ip is null && Kept(before, vm) is null))
        {
            after.Vms.Add(Vm(world, spec, vm, Kept(before, vm), network, node));
        }

        after.Vms = [.. after.Vms.OrderBy(vm => spec.Vms.FindIndex(s => s.Name == vm.Name))];
        return after;
    }

    private static VmRecord Vm(
        GridWorld world,
        DeploymentSpec deployment,
        VmSpec spec,
        VmRecord? before,
        NetworkRecord network,
        GridNode node)
    {
        var member = network.MemberOn(node.Id) ?? throw NotInNetwork(deployment, network);
        var index = before?.Index ?? world.TakeIndex();
        var vm = new VmRecord
        {
            Name = spec.Name,
            Index = index,
            Cpu = spec.Cpu,
            MemoryMb = spec.MemoryMb,
            RootfsMb = spec.RootfsMb,
            Ip = VmAddresses.Private(world, deployment, spec, before, network, member),
            PublicIp = spec.PublicIp ? before?.PublicIp ?? PublicIpPool.Take(world, node) : null,
            PublicIp6 = spec.PublicIp6 ? PublicIpPool.Ipv6(node, index) : null,
            MyceliumIp = VmAddresses.Mycelium(deployment, spec, member),
            Process = before?.Process,
            Mounts = [.. spec.Mounts.Select(mount => new MountRecord(mount.Disk, mount.Path))],
        };
        return vm with { SpecHash = Hash(deployment, spec, vm) };
    }

    /// <summary>
    /// All that a machine is made from, its addresses and disk sizes too. Not the image: a newer one restarts nothing.
    /// </summary>
    private static string Hash(DeploymentSpec deployment, VmSpec spec, VmRecord vm)
    {
        var disks = deployment.Disks.Where(disk => spec.Mounts.Any(mount => mount.Disk == disk.Name));
        var text = string.Join('\n', [
            JsonSerializer.Serialize(spec with { Ip = null }, EngineJson.Default.VmSpec),
            .. disks.Select(disk => JsonSerializer.Serialize(disk, EngineJson.Default.DiskSpec)),
            vm.Ip, vm.PublicIp ?? "", vm.PublicIp6 ?? "", vm.MyceliumIp ?? "", deployment.NetworkName,
        ]);

        // The environment may hold secrets; a hash with the machine's number as salt does not give them away cheaply.
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{vm.Index}\n{text}")));
    }

    private static IReadOnlyList<string> Restarted(DeploymentRecord before, DeploymentRecord after) =>
    [
        .. after.Vms.Where(vm => before.Vms.FirstOrDefault(old => old.Name == vm.Name) is not { } old
            || old.SpecHash != vm.SpecHash || old.Process is not { IsAlive: true }).Select(vm => vm.Name),
    ];

    private static VmRecord? Kept(DeploymentRecord before, VmSpec vm) => before.Vms.FirstOrDefault(old => old.Name == vm.Name);

    private static DiskRecord Disk(DeploymentRecord before, DiskSpec disk)
    {
        var old = before.Disks.FirstOrDefault(d => d.Name == disk.Name);
        return old is not null && disk.SizeGb < old.SizeGb
            ? throw new GridException(
                "A disk cannot shrink",
                $"disk {disk.Name} has {old.SizeGb} GB and {disk.SizeGb} GB are asked for; rename it to get a new one",
                "disks")
            : new DiskRecord(disk.Name, disk.SizeGb) { Kind = old?.Kind ?? DiskImages.KindHere };
    }

    private static GridException UnknownNode(DeploymentSpec spec) => new(
        "Unknown node",
        $"the local grid has no node {spec.Node}: its nodes are {GridCatalog.Nodes[0].Id} to {GridCatalog.Nodes[^1].Id}",
        "node");

    private static GridException NoNetwork(DeploymentSpec spec) => new(
        "Unknown network",
        $"there is no network \"{spec.NetworkName}\" on the local grid; refer to the resource (network_name = "
            + "grid_network.x.name), so that Terraform makes it first",
        "network_name");

    private static GridException NotInNetwork(DeploymentSpec spec, NetworkRecord network) => new(
        "Node is not in the network",
        $"network {network.Name} has nodes {string.Join(", ", network.Members.Select(m => m.Node))} and not {spec.Node}; add it "
            + "to the network's nodes",
        "node");
}
