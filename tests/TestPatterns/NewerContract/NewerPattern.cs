using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.NewerContract;

[ExportPattern("newer-contract", "1.0.0", "Built for a later contract.")]
public sealed class NewerPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
