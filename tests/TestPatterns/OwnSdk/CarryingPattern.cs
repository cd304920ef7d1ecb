using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.OwnSdk;

[ExportPattern("own-sdk", "1.0.0", "Carries its own copy of the SDK.")]
public sealed class CarryingPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
