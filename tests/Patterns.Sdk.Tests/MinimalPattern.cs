namespace TfgridCompose.Patterns.Sdk.Tests;

/// <summary>The smallest possible pattern.</summary>
[ExportPattern("minimal", "1.0.0", "Two machines and nothing else.")]
public sealed class MinimalPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new()
    {
        Roles = [new() { Name = "node" }, new() { Name = "data-base" }],
    };

    public override Topology Topology(TopologyRequest request) => new()
    {
        Hosts = [Machine("one", "node"), Machine("two", "node"), Machine("db", "data-base")],
    };

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>
        {
            ["solution_type"] = request.SolutionType,
            ["nodes"] = request.Hosts.Select(host => host.NodeId).ToArray(),
        };

    private static HostSpec Machine(string name, string role) =>
        new() { Name = name, Role = role, Cpu = 1, MemoryMb = 512, DiskGb = 5 };
}
