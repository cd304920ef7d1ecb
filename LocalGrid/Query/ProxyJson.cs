using System.Text.Json.Serialization;

namespace TfgridCompose.LocalGrid.Query;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueryAnswer))]
[JsonSerializable(typeof(List<NodeView>))]
[JsonSerializable(typeof(NodeDetails))]
[JsonSerializable(typeof(List<FarmView>))]
[JsonSerializable(typeof(List<ContractView>))]
[JsonSerializable(typeof(List<TwinView>))]
[JsonSerializable(typeof(PingView))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(DeploymentData))]
internal sealed partial class ProxyJson : JsonSerializerContext;
