using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

internal sealed record NetworkChange(NetworkRecord Network, IReadOnlyList<NetworkMember> Removed);

/// <summary>Decides contracts, ranges and numbers of a network. Runs with the world's lock held.</summary>
internal static class NetworkPlanner
{
    public static NetworkChange Plan(GridWorld world, NetworkSpec spec)
    {
        var network = Find(world, spec) ?? Add(world, spec);
        Fabric.Ensure();
        return Change(world, network, spec);
    }

    /// <summary>The part that touches nothing but the world.</summary>
    public static NetworkChange Change(GridWorld world, NetworkRecord network, NetworkSpec spec)
    {
        network.Description = spec.Description;
        network.SolutionType = spec.SolutionType;
        var removed = network.Members.Where(member => !spec.Nodes.Contains(member.Node)).ToList();
        network.Members.RemoveAll(removed.Contains);
        for (var i = 0; i < spec.Nodes.Count; i++)
        {
            Include(world, network, spec, i);
        }

        // In the order asked for, like the real provider's.
        network.Members = [.. network.Members.OrderBy(member => spec.Nodes.IndexOf(member.Node))];
        network.Access = Access(network, spec);
        return new NetworkChange(network, removed);
    }

    private static NetworkRecord? Find(GridWorld world, NetworkSpec spec) => spec.Id is null
        ? null
        : world.Networks.FirstOrDefault(n => n.Id == spec.Id)
            ?? throw new GridException(
                "The network is gone",
                $"network {spec.Name} ({spec.Id}) is not on the local grid any more; run terraform apply again to make it anew");

    private static NetworkRecord Add(GridWorld world, NetworkSpec spec)
    {
        foreach (var dead in world.Networks.Where(n => n.Name == spec.Name && !Liveness.IsAlive(n)).ToList())
        {
            dead.Members.ForEach(NodeNetwork.Remove);
            world.Networks.Remove(dead);
        }

        return Create(world, spec);
    }

    public static NetworkRecord Create(GridWorld world, NetworkSpec spec)
    {
        if (world.Networks.FirstOrDefault(n => n.Name == spec.Name) is { } other)
        {
            throw new GridException(
                "Network name in use",
                $"a network {spec.Name} exists already (contracts {string.Join(", ", other.Members.Select(m => m.Contract))}, "
                    + $"{other.SolutionType}). Choose another name or destroy that one",
                "name");
        }

        var network = new NetworkRecord
        {
            Id = Guid.NewGuid().ToString(),
            Name = spec.Name,
            IpRange = AddressPlan.NormaliseRange(spec.IpRange),
            Maker = ProcessIdentity.Current,
        };
        world.Networks.Add(network);
        return network;
    }

    private static void Include(GridWorld world, NetworkRecord network, NetworkSpec spec, int position)
    {
        var node = GridFaults.CheckNode(world, GridCatalog.Find(spec.Nodes[position]) ?? throw Unknown(spec, position));
        var key = spec.MyceliumKeys.GetValueOrDefault($"{node.Id}");
        if (network.MemberOn(node.Id) is { } member)
        {
            var index = network.Members.IndexOf(member);
            network.Members[index] = member with { MyceliumPrefix = key is null ? null : AddressPlan.MyceliumPrefix(key) };
            return;
        }

        network.Members.Add(new NetworkMember
        {
            Node = node.Id,
            Contract = world.TakeContract(),
            Index = world.TakeIndex(),
            Subnet = spec.Subnets.GetValueOrDefault($"{node.Id}") ?? AddressPlan.FreeSubnet(network.IpRange, UsedSubnets(network)),
            MyceliumPrefix = key is null ? null : AddressPlan.MyceliumPrefix(key),
            CreatedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            Boot = ProcessIdentity.CurrentBoot,
        });
    }

    private static GridException Unknown(NetworkSpec spec, int position) => new(
        "Unknown node",
        $"the local grid has no node {spec.Nodes[position]}: its nodes are {GridCatalog.Nodes[0].Id} to {GridCatalog.Nodes[^1].Id}",
        "nodes", position);

    private static WireGuardAccess? Access(NetworkRecord network, NetworkSpec spec)
    {
        if (!spec.AddWireGuardAccess || network.Members.Count == 0)
        {
            return null;
        }

        if (network.Access is { } kept)
        {
            return network.MemberOn(kept.Node) is null ? kept with { Node = network.Members[0].Node } : kept;
        }

        return new WireGuardAccess
        {
            Node = network.Members[0].Node,
            Subnet = AddressPlan.FreeSubnet(network.IpRange, UsedSubnets(network)),
        };
    }

    private static IEnumerable<string> UsedSubnets(NetworkRecord network) =>
        [.. network.Members.Select(m => m.Subnet), .. network.Access is { } access ? [access.Subnet] : Array.Empty<string>()];
}
