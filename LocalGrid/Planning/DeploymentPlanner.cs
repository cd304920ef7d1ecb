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
        host.Caller.MustOwn(_network.Owner, $"network {_network.Name}");
        _member = _network.MemberOn(_node.Id) ?? throw NotInNetwork();
    }

    public static DeploymentChange Plan(GridWorld world, DeploymentSpec spec, HostFacts host) =>
        new DeploymentPlanner(world, spec, host).Plan();

    private DeploymentChange Plan()
    {
        DeploymentRecord before = Before();
        UpdateRules.Check(before, _spec);
        DeploymentRecord after = After(before);
        NodeUsage.Of(_world, _node, before.Contract).Claim(after);
        _ = Fails(GridFaults.LateNode);
        return new DeploymentChange(before, after, _member, [.. _spec.Vms.Where(vm => Kept(before, vm) is null).Select(vm => vm.Name)])
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
            DeploymentRecord known = _world.Deployments.FirstOrDefault(each => each.Contract == contract) ?? throw new GridException(
                "couldn't update deployment with error",
                "failed to fetch deployment objects to revert deployments: "
                    + $"failed to get deployment {contract} of node {_spec.Node}: deployment not found; try again: "
                    + "failed to get old deployment to update it: deployment not found");
            _host.Caller.MustOwn(known.Owner, $"deployment {contract}");
            return known.Node == _spec.Node ? known : throw new GridException(
                "Invalid node", $"deployment {contract} is on node {known.Node}, and a contract stays on its node", "node");
        }

        return new DeploymentRecord
        {
            Contract = _world.TakeContract(),
            Node = _spec.Node,
            Name = _spec.Name,
            NetworkId = _network.Id,
            NetworkName = _network.Name,
            CreatedAt = _host.Now.ToUnixTimeSeconds(),
            Owner = _host.Caller.User,
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
            Owner = before.Owner,
            Maker = _spec.Contract is null ? ProcessIdentity.Current : null,
            Disks = [.. _spec.Disks.Select(disk => Disk(before, disk))],
        };
        _world.Deployments.RemoveAll(deployment => deployment.Contract == before.Contract);
        _world.Deployments.Add(after);

        // Machines that already have an address come first, so that no other machine gets it.
        foreach (VmSpec vm in _spec.Vms.OrderBy(vm => vm.Ip is null && Kept(before, vm) is null))
        {
            after.Vms.Add(Kept(before, vm) ?? Vm(vm));
        }

        after.Vms = [.. after.Vms.OrderBy(vm => _spec.Vms.FindIndex(spec => spec.Name == vm.Name))];
        return after;
    }

    private VmRecord Vm(VmSpec spec)
    {
        int index = _world.TakeIndex();
        var addresses = new VmAddresses(_world, _spec, _network, _member);
        var vm = new VmRecord
        {
            Name = spec.Name,
            Index = index,
            Cpu = spec.Cpu,
            MemoryMb = spec.MemoryMb,
            RootfsMb = spec.RootfsMb,
            Ip = addresses.Private(spec),
            PublicIp = spec.PublicIp ? new PublicIpPool(_world, _host.Addresses).Take(_node) : null,
            PublicIp6 = spec.PublicIp6 ? PublicIpPool.Ipv6(_node, index) : null,
            MyceliumIp = addresses.Mycelium(spec),
            Mounts = [.. spec.Mounts.Select(mount => new MountRecord(mount.Disk, mount.Path))],
            Profile = _spec.Profile,
        };
        return vm with { SpecHash = SpecHash.Of(_spec, spec, vm) };
    }

    private static VmRecord? Kept(DeploymentRecord before, VmSpec vm) => before.Vms.FirstOrDefault(old => old.Name == vm.Name);

    private DiskRecord Disk(DeploymentRecord before, DiskSpec disk)
    {
        DiskRecord? old = before.Disks.FirstOrDefault(each => each.Name == disk.Name);
        return new DiskRecord(disk.Name, disk.SizeGb) { Kind = old?.Kind ?? _host.DiskKind };
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
