using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>Rules for a network that the schema cannot express.</summary>
internal static class NetworkRules
{
    private const int MyceliumKeyBytes = 32;

    public static IEnumerable<GridDiagnostic> Check(TerraformObject config)
    {
        List<object?> nodes = config.Items("nodes");
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is TerraformNumber node && CheckNode(node, nodes, i) is { } problem)
            {
                yield return problem;
            }
        }

        if (config.Text("ip_range") is { } range && NetworkGuard.OutsideProblem(range) is { } outside)
        {
            yield return GridDiagnostic.Error("Invalid range", outside, "ip_range");
        }

        foreach ((string node, object? key) in config.Map("mycelium_keys") ?? [])
        {
            if (key is string text && !Hex.IsOf(text, MyceliumKeyBytes))
            {
                yield return GridDiagnostic.Error(
                    "Invalid mycelium key",
                    $"the mycelium key of node {node} must be {MyceliumKeyBytes} bytes in hex, got {text.Length} characters",
                    "mycelium_keys");
            }
        }
    }

    private static GridDiagnostic? CheckNode(TerraformNumber node, List<object?> nodes, int position)
    {
        if (GridCatalog.Find(node.AsLong) is null)
        {
            return NodeRules.Unknown(node, "nodes", position);
        }

        return nodes.IndexOf(node) < position
            ? GridDiagnostic.Error("Node twice in the network", $"node {node} is in nodes more than once", "nodes", position)
            : null;
    }
}
