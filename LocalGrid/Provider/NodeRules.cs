using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Provider;

internal static class NodeRules
{
    public static GridDiagnostic Unknown(TerraformNumber node, params object[] path) => GridDiagnostic.Error(
        "Unknown node",
        $"the local grid has no node {node}: its nodes are {GridCatalog.NodeRange}",
        path);
}
