using System.Text.Json.Nodes;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// A node that is asked in place of dead ones. Before it ends a contract, the provider asks the nodes that the state names for their
/// features, and fails at a dead one; the contract itself ends on the chain, by its number and without any node
/// (terraform-provider-grid b7d1a8c, internal/provider/deployment.go, newDeploymentFromSchema; tfgrid-sdk-go 10e7b39,
/// grid-client/deployer/deployer.go, Cancel). With a living node in the state, the provider's own delete succeeds.
/// </summary>
public static class StandIn
{
    /// <summary>The next state, in which another node stands in for the dead ones; null if none is in it.</summary>
    /// <param name="state">A state that can be read.</param>
    /// <param name="node">A node that answers.</param>
    /// <param name="isDead">Which nodes are not to be asked.</param>
    /// <param name="inNetworks">Also in the lists of networks: only to end them, since an update of a network asks those of its
    /// configuration.</param>
    public static string? Of(StateText state, int node, Func<int, bool> isDead, bool inNetworks)
    {
        JsonObject root = JsonNode.Parse(state.Json.GetRawText())?.AsObject() ?? [];
        bool[] changed = [.. AttributesIn(root).Select(attributes =>
            Replace(attributes, node, isDead) | (inNetworks && ReplaceList(attributes, node, isDead)))];
        if (!changed.Any(each => each))
        {
            return null;
        }

        root["serial"] = state.Serial + 1;
        return root.ToJsonString();
    }

    /// <summary>The nodes that are asked before what a state names is ended.</summary>
    public static IReadOnlyList<int> NodesIn(StateText state) =>
    [
        .. AttributesIn(JsonNode.Parse(state.Json.GetRawText())?.AsObject() ?? [])
            .SelectMany(attributes => (attributes["nodes"] as JsonArray ?? []).Append(attributes["node"]).Select(NumberIn).OfType<int>())
            .Distinct(),
    ];

    private static IEnumerable<JsonObject> AttributesIn(JsonObject root) => Objects(root["resources"])
        .Where(resource => resource["type"]?.ToString().StartsWith("grid_", StringComparison.Ordinal) == true)
        .SelectMany(resource => Objects(resource["instances"]))
        .Select(instance => instance["attributes"])
        .OfType<JsonObject>();

    private static bool Replace(JsonObject attributes, int node, Func<int, bool> isDead)
    {
        if (NumberIn(attributes["node"]) is not { } named || named == node || !isDead(named))
        {
            return false;
        }

        attributes["node"] = node;
        return true;
    }

    private static bool ReplaceList(JsonObject attributes, int node, Func<int, bool> isDead)
    {
        if (attributes["nodes"] is not JsonArray list)
        {
            return false;
        }

        int[] named = [.. list.Select(NumberIn).OfType<int>()];
        int[] asked = [.. named.Select(each => isDead(each) ? node : each).Distinct()];
        if (named.SequenceEqual(asked))
        {
            return false;
        }

        attributes["nodes"] = new JsonArray([.. asked.Select(each => (JsonNode)each)]);
        return true;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static int? NumberIn(JsonNode? value) => value is JsonValue number && number.TryGetValue(out int node) ? node : null;
}
