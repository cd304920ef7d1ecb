using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class FqdnProxySchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Text("name", Optional, "name", check: ValueChecks.Name),
            Text("solution_type", Optional, ""),
            Text("description", Optional, ""),
            Number("node", Required),
            Text("fqdn", Required),
            Flag("tls_passthrough", Optional, false),
            Text("network", Optional, ""),
            Texts("backends", Required),
            NumberMap("node_deployment_id", Computed),
        ]).WithId();
}
