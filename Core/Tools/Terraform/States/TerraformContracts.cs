using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// The grid contracts in a Terraform state. The resource id of a deployment or gateway is its contract's id; networks,
/// Kubernetes clusters and gateways map nodes to contracts in <c>node_deployment_id</c>; a name gateway also has the
/// contract of its name.
/// </summary>
public static class TerraformContracts
{
    private const string NodeMap = "node_deployment_id";

    // Our name for the contracts of each type.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [GridResourceType.Deployment] = "deployment",
        [GridResourceType.Network] = "network",
        [GridResourceType.Kubernetes] = "kubernetes",
        [GridResourceType.NameGateway] = "gateway-name",
        [GridResourceType.FqdnGateway] = "gateway-fqdn",
    };

    public static IReadOnlyList<RecordedContract> Of(StateText state) =>
        [.. state.Instances.SelectMany(OfInstance).DistinctBy(contract => contract.Id)];

    private static IEnumerable<RecordedContract> OfInstance(StateInstance instance)
    {
        if (instance.Attributes is not { } values || !Kinds.TryGetValue(instance.Type, out string? kind))
        {
            yield break;
        }

        string address = instance.Address;
        int node = (int)(Number(values, "node") ?? 0);

        // The id of a network or cluster is a random UUID.
        if (Number(values, "id") is > 0 and { } id)
        {
            yield return new RecordedContract(id, node, kind, address);
        }

        foreach (RecordedContract contract in OfNodes(values, kind, address))
        {
            yield return contract;
        }

        if (Number(values, "name_contract_id") is > 0 and { } name)
        {
            yield return new RecordedContract(name, 0, "name", address);
        }
    }

    private static IEnumerable<RecordedContract> OfNodes(JsonElement values, string kind, string address) =>
        values.TryGetProperty(NodeMap, out JsonElement nodes) && nodes.ValueKind == JsonValueKind.Object
            ? nodes.EnumerateObject()
                .Select(pair => (Node: NumberOf(pair.Name), Contract: NumberOf(pair.Value)))
                .Where(pair => pair.Contract > 0)
                .Select(pair => new RecordedContract(pair.Contract ?? 0, (int)(pair.Node ?? 0), kind, address))
            : [];

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) ? NumberOf(value) : null;

    private static long? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => NumberOf(value.GetString() ?? ""),
        JsonValueKind.Number when value.TryGetInt64(out long number) => number,
        _ => null,
    };

    private static long? NumberOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
