using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The machines, and their Terraform variables.</summary>
internal static class GatewayTopology
{
    /// <summary>The gateway comes first, because it is the primary host.</summary>
    public static IReadOnlyList<HostSpec> Hosts(TopologyRequest request, GatewaySettings settings)
    {
        NetworkKind[] all = [.. request.Network.InOrder().Union([NetworkKind.PublicIpv4])];
        NetworkKind[] inside = [.. request.Network.InOrder().Where(IsPrivate)];
        return
        [
            Host(request.Options, Role.Gateway, Role.Gateway, all, position: 0),
            .. Enumerable.Range(0, settings.BackendCount)
                .Select(i => Host(request.Options, Role.Backend, $"{Role.Backend}{i + 1}", inside, i)),
        ];
    }

    public static IReadOnlyDictionary<string, object?> Variables(VariablesRequest request)
    {
        bool mycelium = request.Network.Has(NetworkKind.Mycelium);
        return new Dictionary<string, object?>
        {
            ["deployment_id"] = request.DeploymentId,
            ["solution_type"] = request.SolutionType,
            ["grid_network"] = request.GridNetwork,
            ["ip_range"] = request.IpRange,
            ["networks"] = request.Network.InOrder().Union([NetworkKind.PublicIpv4])
                .Select(kind => kind.ManifestName())
                .ToArray(),
            ["gateway"] = Machine(request.Hosts[0]),
            ["backends"] = request.Hosts.Skip(1).ToDictionary(host => host.Spec.Name, Machine),
            ["ssh_keys"] = request.SshPublicKeys,
            ["mycelium_keys"] = mycelium ? MyceliumKeys(request) : [],
        };

        Dictionary<string, object?> Machine(AssignedHost host) => new()
        {
            ["node_id"] = host.NodeId,
            ["cpu"] = host.Spec.Cpu,
            ["memory"] = host.Spec.MemoryMb,
            ["rootfs_size"] = request.Options.Integer(GatewayOptions.Disk(host.Spec.Role)),
            ["mycelium_ip_seed"] = mycelium ? request.Keys.Hex($"mycelium-seed/{host.Spec.Name}", 6) : null,
        };
    }

    private static Dictionary<string, string> MyceliumKeys(VariablesRequest request) => request.Hosts
        .Select(host => host.NodeId)
        .Distinct()
        .ToDictionary(node => $"{node}", node => request.Keys.Hex($"mycelium/{node}", 32));

    private static bool IsPrivate(NetworkKind kind) => kind is NetworkKind.Wireguard or NetworkKind.Mycelium;

    private static HostSpec Host(
        PatternOptions options, string role, string name, IReadOnlyList<NetworkKind> networks, int position)
    {
        IReadOnlyList<long> nodes = options.Integers(GatewayOptions.Nodes(role));
        return new HostSpec
        {
            Name = name,
            Role = role,
            Cpu = (int)options.Integer(GatewayOptions.Cpu(role)),
            MemoryMb = (int)options.Integer(GatewayOptions.Memory(role)),
            DiskGb = (int)SizeUnits.ToGb(options.Integer(GatewayOptions.Disk(role))),
            Networks = networks,
            PinnedNode = position < nodes.Count ? (int)nodes[position] : null,
        };
    }
}
