using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.EndToEnd.Patterns;

/// <summary>Makes a real machine and then calls its private address a Mycelium one, which breaks the contract.</summary>
[ExportPattern("wrong-address", "1.0.0", "A machine whose outputs break the contract.")]
public sealed class WrongAddressPattern : Pattern
{
    /// <inheritdoc/>
    public override PatternDeclaration Declaration { get; } = new() { Roles = [new() { Name = "box", Description = "The machine." }] };

    /// <inheritdoc/>
    public override Topology Topology(TopologyRequest request) => new()
    {
        Hosts = [new() { Name = "box", Role = "box", Cpu = 1, MemoryMb = 256, DiskGb = 1 }],
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => new Dictionary<string, object?>
    {
        ["deployment_id"] = request.DeploymentId,
        ["solution_type"] = request.SolutionType,
        ["ip_range"] = request.IpRange,
        ["node_id"] = request.Hosts[0].NodeId,
        ["ssh_keys"] = request.SshPublicKeys,
    };
}
