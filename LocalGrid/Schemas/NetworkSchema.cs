using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class NetworkSchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Text("solution_type", Optional, "Network"),
            Text("description", Optional, ""),
            Numbers("nodes", Required),
            Text("ip_range", Required, check: ValueChecks.Slash16Network),
            TextMap("mycelium_keys", Optional),
            Flag("add_wg_access", Optional, false),
            Text("access_wg_config", Computed),
            Text("external_ip", Computed),
            Text("external_sk", Computed),
            Number("public_node_id", Computed),
            TextMap("nodes_ip_range", OptionalComputed),
            NumberMap("node_deployment_id", Computed),
        ]).WithId();
}
