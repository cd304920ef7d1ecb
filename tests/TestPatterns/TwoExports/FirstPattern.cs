using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.TwoExports;

[ExportPattern("two-exports", "1.0.0", "The first of two.")]
public sealed class FirstPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
