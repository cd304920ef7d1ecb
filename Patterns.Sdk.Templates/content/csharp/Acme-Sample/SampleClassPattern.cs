using TfgridCompose.Patterns.Sdk;

namespace SampleNamespace;

/// <summary>One machine with its own private network, reached over WireGuard.</summary>
[ExportPattern("sample-pattern-name", PatternBuild.Version, PatternBuild.Description)]
public sealed class SampleClassPattern : Pattern
{
    /// <summary>The pattern's manifest keys and its roles of machines.</summary>
    public override PatternDeclaration Declaration { get; } = new()
    {
        Roles = [new() { Name = "app", Description = "The machine that runs the app." }],
        Options =
        [
            Option("cpu", OptionType.Integer, fallback: "1", min: 1, max: 32, "Virtual CPUs."),
            Option("memory", OptionType.Size, fallback: "1024", min: 256, max: 262144, "Memory."),
            Option("disk", OptionType.Size, fallback: "5GB", min: 1024, max: 1048576, "Root file system."),
        ],
    };

    /// <summary>The machines that a deployment needs, or what is wrong with the request.</summary>
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
                DiskGb = (int)SizeUnits.ToGb(request.Options.Integer("disk")),
                Networks = [NetworkKind.Wireguard],
            },
        ],
        Problems = request.Network.Provision.All(network => network == NetworkKind.Wireguard)
            ? []
            : [new("this pattern supports WireGuard only", "set network.provision to wireguard")],
    };

    /// <summary>The values for <c>variables.tf</c>, once every machine has a node.</summary>
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

    private static PatternOption Option(string name, OptionType type, string fallback, long min, long max, string description) => new()
    {
        Name = name,
        Type = type,
        Sources = [new($"config.{name}")],
        Default = fallback,
        Min = min,
        Max = max,
        Description = description,
    };
}
