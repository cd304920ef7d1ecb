using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.NoExport;

public sealed class ForgottenPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
