using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Decides contracts, ranges and numbers of a network. Runs with the world's lock held.</summary>
internal static class NetworkPlanner
{
    /// <summary>Null: it is a new one, or all of its contracts have ended; then it is made again under its id.</summary>
    public static NetworkRecord? Find(GridWorld world, NetworkSpec spec)
    {
        NetworkRecord? known = spec.Id is null ? null : world.Networks.FirstOrDefault(network => network.Id == spec.Id);
        return known is null || (known.Name == spec.Name && known.IpRange == AddressPlan.NormaliseRange(spec.IpRange))
            ? known
            : throw Another(known);
    }

    public static NetworkRecord Create(GridWorld world, NetworkSpec spec)
    {
        if (world.Networks.FirstOrDefault(network => network.Name == spec.Name) is { } other)
        {
            string contracts = string.Join(", ", other.Members.Select(member => member.Contract));
            throw new GridException(
                "Network name in use",
                $"a network {spec.Name} already exists (contracts {contracts}). "
                    + "Choose another name or destroy that one",
                "name");
        }

        var network = new NetworkRecord
        {
            Id = (Guid.TryParse(spec.Id, out Guid id) ? id : Guid.NewGuid()).ToString(),
            Name = spec.Name,
            IpRange = AddressPlan.NormaliseRange(spec.IpRange),
            Maker = ProcessIdentity.Current,
        };
        world.Networks.Add(network);
        return network;
    }

    /// <summary>
    /// As the SDK does (tfgrid-sdk-go/grid-client/workloads/network.go, generateDeployments and AssignNodesIPs): the user's range comes
    /// first, then those of hidden nodes, then those of the others; nodes keep what they have.
    /// </summary>
    public static NetworkChange Change(GridWorld world, NetworkRecord network, NetworkSpec spec, DateTimeOffset now)
    {
        network.Description = spec.Description;
        network.SolutionType = spec.SolutionType;
        int access = AccessPoint.Of(world, network, spec);
        List<int> nodes = access == 0 || spec.Nodes.Contains(access) ? spec.Nodes : [.. spec.Nodes, access];
        var removed = network.Members.Where(member => !nodes.Contains(member.Node)).ToList();
        network.Members.RemoveAll(removed.Contains);
        network.PublicNode = access == 0 ? network.PublicNode : access;
        network.Access = AccessOf(network, spec, access);
        GridException? failure = IncludeAll(world, network, spec, [.. nodes.OrderBy(AccessPoint.IsPublic)], now);

        // In the order of the request, as in the real provider.
        network.Members = [.. network.Members.OrderBy(member => nodes.IndexOf(member.Node))];
        return new NetworkChange(network, removed) { Failure = failure };
    }

    // A create that fails at one node is reverted at the others, unless the chain fails too.
    private static GridException? IncludeAll(
        GridWorld world, NetworkRecord network, NetworkSpec spec, IReadOnlyList<int> nodes, DateTimeOffset now)
    {
        foreach (int node in nodes)
        {
            try
            {
                Include(world, network, spec, node, now);
            }
            catch (GridException problem)
                when (network is { Maker: not null, Members.Count: > 0 } && GridFaults.Has(world, GridFaults.NoRevert, node))
            {
                _ = GridFaults.Takes(world, GridFaults.NoRevert, node);
                return new GridException(
                    $"could not deploy network {network.Name}",
                    "failed to revert deployments: failed to delete deployment: the chain did not answer "
                        + $"(injected fault `{GridFaults.NoRevert}`); try again: {problem.Message}");
            }
        }

        return null;
    }

    private static void Include(GridWorld world, NetworkRecord network, NetworkSpec spec, int id, DateTimeOffset now)
    {
        GridNode node = GridFaults.CheckNode(world, GridCatalog.Find(id) ?? throw Unknown(spec, spec.Nodes.IndexOf(id)));
        string? key = spec.MyceliumKeys.GetValueOrDefault($"{node.Id}");
        string? prefix = key is null ? null : AddressPlan.MyceliumPrefix(key);
        if (network.MemberOn(node.Id) is { } member)
        {
            network.Members[network.Members.IndexOf(member)] = member with { MyceliumPrefix = prefix };
            return;
        }

        network.Members.Add(new NetworkMember
        {
            Node = node.Id,
            Contract = world.TakeContract(),
            Index = world.TakeIndex(),
            Subnet = spec.Subnets.GetValueOrDefault($"{node.Id}") ?? FreeSubnet(network),
            MyceliumPrefix = prefix,
            CreatedAt = now.ToUnixTimeSeconds(),
            Boot = ProcessIdentity.CurrentBoot,
        });
    }

    // The real grid takes the network away under its machines, which then answer nobody.
    private static GridException Another(NetworkRecord known) => new(
        "A network keeps its name and its range",
        $"network {known.Name} has {known.IpRange}; its machines would lose it. Replace it and them: terraform apply -replace=ADDRESS",
        "name");

    private static GridException Unknown(NetworkSpec spec, int position) => new(
        "Unknown node",
        $"the local grid has no node {spec.Nodes[position]}: its nodes are {GridCatalog.NodeRange}",
        "nodes", position);

    private static WireGuardAccess? AccessOf(NetworkRecord network, NetworkSpec spec, int access)
    {
        if (!spec.AddWireGuardAccess || access == 0)
        {
            return null;
        }

        return network.Access is { } kept
            ? kept with { Node = access }
            : new WireGuardAccess
            {
                Node = access,
                Subnet = AddressPlan.FreeSubnet(
                    network.IpRange, [.. network.Members.Select(member => member.Subnet), .. spec.Subnets.Values]),
            };
    }

    private static string FreeSubnet(NetworkRecord network)
    {
        IEnumerable<string> used = network.Members.Select(member => member.Subnet);
        return AddressPlan.FreeSubnet(network.IpRange, network.Access is { } access ? used.Append(access.Subnet) : used);
    }
}
