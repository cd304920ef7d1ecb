using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm;

/// <summary>One machine: its size, its networks, and the app on it.</summary>
[ExportPattern("single-vm", PatternBuild.Version, PatternBuild.Description)]
public sealed class SingleVmPattern : Pattern
{
    private const string Vm = "vm";

    /// <inheritdoc/>
    public override PatternDeclaration Declaration { get; } = new()
    {
        Options = SingleVmOptions.All,
        Roles = [new RoleDeclaration { Name = Vm, Description = "The machine that runs the app." }],
    };

    /// <inheritdoc/>
    public override Topology Topology(TopologyRequest request) => new()
    {
        Hosts =
        [
            new HostSpec
            {
                Name = Vm,
                Role = Vm,
                Cpu = (int)request.Options.Integer(SingleVmOptions.Cpu),
                MemoryMb = (int)request.Options.Integer(SingleVmOptions.Memory),
                DiskGb = (int)SizeUnits.ToGb(request.Options.Integer(SingleVmOptions.Disk)),
                Networks = request.Network.Provision,
                PinnedNode = (int?)request.Options.IntegerOrNull(SingleVmOptions.Node),
            },
        ],
        Problems = SingleVmOptions.ProblemsOf(request.Options),
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request)
    {
        AssignedHost vm = request.Hosts[0];
        bool mycelium = request.Network.Has(NetworkKind.Mycelium);
        return new Dictionary<string, object?>
        {
            ["deployment_id"] = request.DeploymentId,
            ["solution_type"] = request.SolutionType,
            ["grid_network"] = request.GridNetwork,
            ["ip_range"] = request.IpRange,
            ["networks"] = request.Network.InOrder().Select(kind => kind.ManifestName()).ToArray(),
            ["node_id"] = vm.NodeId,
            ["cpu"] = vm.Spec.Cpu,
            ["memory"] = vm.Spec.MemoryMb,
            ["rootfs_size"] = request.Options.Integer(SingleVmOptions.Disk),
            ["ssh_keys"] = request.SshPublicKeys,
            ["mycelium_key"] = mycelium ? request.Keys.Hex($"mycelium/{vm.NodeId}", 32) : null,
            ["mycelium_ip_seed"] = mycelium ? request.Keys.Hex($"mycelium-seed/{vm.Spec.Name}", 6) : null,
        };
    }

    /// <inheritdoc/>
    public override Inventory Inventory(DeploymentFacts deployment) => new()
    {
        // Not the role's name: Ansible warns if a group has the name of its host.
        Groups = [new InventoryGroup { Name = "vms", Hosts = [deployment.Primary.Name] }],
        Variables = new Dictionary<string, object?>
        {
            ["base_packages"] = deployment.Options.Texts(SingleVmOptions.BasePackages),
            ["docker_enabled"] = deployment.Options.Flag(SingleVmOptions.Docker),
            ["firewall_enabled"] = Firewall.IsNeeded(deployment.Primary),
            ["firewall_tcp_ports"] = Firewall.OpenPorts(deployment.Ports),
            ["firewall_private_ranges"] = Firewall.PrivateRanges(deployment.Primary),
        },
    };
}
