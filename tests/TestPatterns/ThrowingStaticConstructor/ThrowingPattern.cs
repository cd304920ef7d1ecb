using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.ThrowingStaticConstructor;

[ExportPattern("throwing-static-constructor", "1.0.0", "Its static constructor throws.")]
public sealed class ThrowingPattern : Pattern
{
    static ThrowingPattern() => throw new InvalidOperationException("no table found");

    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
