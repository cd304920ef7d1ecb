using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Decides addresses, numbers and capacity of a deployment. Runs with the world's lock held.</summary>
internal sealed class DeploymentPlanner
{
    private readonly GridWorld _world;
    private readonly DeploymentSpec _spec;
    private readonly HostFacts _host;
    private readonly GridNode _node;
    private readonly NetworkRecord _network;
    private readonly NetworkMember _member;

    private DeploymentPlanner(GridWorld world, DeploymentSpec spec, HostFacts host)
    {
        _world = world;
        _spec = spec;
        _host = host;
        _node = GridFaults.CheckNode(world, GridCatalog.Find(spec.Node) ?? throw UnknownNode());
        _network = world.Networks.FirstOrDefault(network => network.Name == spec.NetworkName) ?? throw NoNetwork();
        _member = _network.MemberOn(_node.Id) ?? throw NotInNetwork();
    }

    public static DeploymentChange Plan(GridWorld world, DeploymentSpec spec, HostFacts host) =>
        new DeploymentPlanner(world, spec, host).Plan();

    private DeploymentChange Plan()
    {
        DeploymentRecord before = Before();
        DeploymentRecord after = After(before);
        NodeUsage.Of(_world, _node, before.Contract).Claim(after);
        return new DeploymentChange(before, after, _member, Restarted(before, after))
        {
            BreaksHalfWay = Fails(GridFaults.HalfWay),
            NeverBoots = Fails(GridFaults.NoBoot),
            SlowNetwork = Fails(GridFaults.SlowNetwork),
            ProviderDies = Fails(GridFaults.ProviderDies),
        };
    }

    private bool Fails(string kind) => GridFaults.Takes(_world, kind, _node.Id) is not null;

    private DeploymentRecord Before()
    {
        if (_spec.Contract is { } contract)
        {
            return _world.Deployments.FirstOrDefault(deployment => deployment.Contract == contract) ?? throw new GridException(
                "The deployment is gone",
                $"contract {contract} is no longer on the local grid; run terraform apply again to create a new one");
        }

        return new DeploymentRecord
        {
            Contract = _world.TakeContract(),
            Node = _spec.Node,
            Name = _spec.Name,
            NetworkId = _network.Id,
            NetworkName = _network.Name,
            CreatedAt = _host.Now.ToUnixTimeSeconds(),
        };
    }

    private DeploymentRecord After(DeploymentRecord before)
    {
        var after = new DeploymentRecord
        {
            Contract = before.Contract,
            Node = _spec.Node,
            Name = _spec.Name,
            SolutionType = _spec.SolutionType,
            NetworkId = _network.Id,
            NetworkName = _network.Name,
            CreatedAt = before.CreatedAt,
            Maker = _spec.Contract is null ? ProcessIdentity.Current : null,
            Disks = [.. _spec.Disks.Select(disk => Disk(before, disk))],
        };
        _world.Deployments.RemoveAll(deployment => deployment.Contract == before.Contract);
        _world.Deployments.Add(after);

        // Machines that already have an address come first, so that no other machine gets it.
        foreach (VmSpec vm in _spec.Vms.OrderBy(vm => vm.Ip is null && Kept(before, vm) is null))
        {
            after.Vms.Add(Vm(vm, Kept(before, vm)));
        }

        after.Vms = [.. after.Vms.OrderBy(vm => _spec.Vms.FindIndex(spec => spec.Name == vm.Name))];
        return after;
    }

    private VmRecord Vm(VmSpec spec, VmRecord? before)
    {
        int index = before?.Index ?? _world.TakeIndex();
        var addresses = new VmAddresses(_world, _spec, _network, _member);
        var vm = new VmRecord
        {
            Name = spec.Name,
            Index = index,
            Cpu = spec.Cpu,
            MemoryMb = spec.MemoryMb,
            RootfsMb = spec.RootfsMb,
            Ip = addresses.Private(spec, before),
            PublicIp = spec.PublicIp ? before?.PublicIp ?? new PublicIpPool(_world, _host.Addresses).Take(_node) : null,
            PublicIp6 = spec.PublicIp6 ? PublicIpPool.Ipv6(_node, index) : null,
            MyceliumIp = addresses.Mycelium(spec),
            Process = before?.Process,
            Mounts = [.. spec.Mounts.Select(mount => new MountRecord(mount.Disk, mount.Path))],
        };
        return vm with { SpecHash = SpecHash.Of(_spec, spec, vm) };
    }

    private static IReadOnlyList<string> Restarted(DeploymentRecord before, DeploymentRecord after) =>
        [.. after.Vms.Where(vm => IsStale(before.Vms.FirstOrDefault(old => old.Name == vm.Name), vm)).Select(vm => vm.Name)];

    private static bool IsStale(VmRecord? before, VmRecord after) =>
        before is null || before.SpecHash != after.SpecHash || before.Process is not { IsAlive: true };

    private static VmRecord? Kept(DeploymentRecord before, VmSpec vm) => before.Vms.FirstOrDefault(old => old.Name == vm.Name);

    private DiskRecord Disk(DeploymentRecord before, DiskSpec disk)
    {
        DiskRecord? old = before.Disks.FirstOrDefault(each => each.Name == disk.Name);
        return old is not null && disk.SizeGb < old.SizeGb
            ? throw new GridException(
                "A disk cannot shrink",
                $"disk {disk.Name} has {old.SizeGb} GB, so {disk.SizeGb} GB is too small; rename it to get a new disk",
                "disks")
            : new DiskRecord(disk.Name, disk.SizeGb) { Kind = old?.Kind ?? _host.DiskKind };
    }

    private GridException UnknownNode() => new(
        "Unknown node",
        $"the local grid has no node {_spec.Node}: its nodes are {GridCatalog.NodeRange}",
        "node");

    private GridException NoNetwork() => new(
        "Unknown network",
        $"there is no network \"{_spec.NetworkName}\" on the local grid; "
            + "refer to the resource (network_name = grid_network.x.name), so that Terraform creates it first",
        "network_name");

    private GridException NotInNetwork() => new(
        "Node is not in the network",
        $"network {_network.Name} has nodes {string.Join(", ", _network.Members.Select(member => member.Node))} "
            + $"and not {_spec.Node}; add it to the network's nodes",
        "node");
}
