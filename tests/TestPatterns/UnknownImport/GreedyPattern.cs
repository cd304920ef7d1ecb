using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.UnknownImport;

[ExportPattern("unknown-import", "1.0.0", "Asks the host for what it does not have.")]
public sealed class GreedyPattern : Pattern
{
    [System.Composition.ImportingConstructor]
    public GreedyPattern(IFormatProvider provider) => Provider = provider;

    public IFormatProvider Provider { get; }

    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>();
}
