using TfgridCompose.Patterns.Sdk;

namespace SampleNamespace;

/// <summary>One machine in a private network of its own, reached over WireGuard.</summary>
[ExportPattern("sample-pattern-name", PatternBuild.Version, PatternBuild.Description)]
public sealed class SampleClassPattern : Pattern
{
    /// <summary>The manifest keys that the pattern understands, and its kinds of machines.</summary>
    public override PatternDeclaration Declaration { get; } = new()
    {
        Roles = [new() { Name = "app", Description = "The machine that runs the app." }],
        Options =
        [
            new() { Name = "cpu", Type = OptionType.Integer, Sources = [new("config.cpu")], Default = "1", Min = 1, Max = 32, Description = "Virtual CPUs." },
            new() { Name = "memory", Type = OptionType.Size, Sources = [new("config.memory")], Default = "1024", Min = 256, Max = 262144, Description = "Memory." },
            new() { Name = "disk", Type = OptionType.Size, Sources = [new("config.disk")], Default = "5GB", Min = 1024, Max = 1048576, Description = "Root file system." },
        ],
    };

    /// <summary>The machines that a deployment needs, or why it cannot be had.</summary>
    public override Topology Topology(TopologyRequest request) => new()
    {
        Hosts =
        [
            new()
            {
                Name = "vm",
                Role = "app",
                Cpu = (int)request.Options.Integer("cpu"),
                MemoryMb = (int)request.Options.Integer("memory"),
                DiskGb = (int)((request.Options.Integer("disk") + 1023) / 1024),
                Networks = [NetworkKind.Wireguard],
            },
        ],
        Problems = request.Network.Provision.All(network => network == NetworkKind.Wireguard)
            ? []
            : [new("this pattern reaches its machine over WireGuard alone", "set network.provision to wireguard")],
    };

    /// <summary>The values of <c>variables.tf</c>, once every machine has its node.</summary>
    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => new Dictionary<string, object?>
    {
        ["deployment_id"] = request.DeploymentId,
        ["solution_type"] = request.SolutionType,
        ["grid_network"] = request.GridNetwork,
        ["ip_range"] = request.IpRange,
        ["node_id"] = request.Hosts[0].NodeId,
        ["cpu"] = request.Hosts[0].Spec.Cpu,
        ["memory"] = request.Hosts[0].Spec.MemoryMb,
        ["disk"] = request.Options.Integer("disk"),
        ["ssh_keys"] = request.SshPublicKeys,
    };
}
