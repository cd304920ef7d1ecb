using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.ThrowingConstructor;

[ExportPattern("throwing-constructor", "1.0.0", "Its constructor throws.")]
public sealed class ThrowingPattern : Pattern
{
    public ThrowingPattern() => throw new InvalidOperationException("no licence found");

    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
