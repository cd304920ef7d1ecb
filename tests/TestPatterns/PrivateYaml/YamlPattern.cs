using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.TestPatterns.PrivateYaml;

#if OTHER
[ExportPattern("other-yaml", "1.0.0", "Brings yet another YamlDotNet.")]
#else
[ExportPattern("private-yaml", "1.0.0", "Brings a YamlDotNet that is older than the host's.")]
#endif
public sealed class YamlPattern : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) =>
        throw new NotSupportedException($"no topology for {request.AppName}");

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        new Dictionary<string, object?>
        {
            ["yaml"] = typeof(YamlDotNet.Serialization.Deserializer).Assembly.GetName().Version?.ToString(),
        };
}
