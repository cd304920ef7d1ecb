using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class NameProxySchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Text("solution_type", Optional, ""),
            Text("description", Optional, "Description of the gateway name workload."),
            Number("node", Required),
            Text("fqdn", Computed),
            Flag("tls_passthrough", Optional, false),
            Text("network", Optional, ""),
            Texts("backends", Required),
            NumberMap("node_deployment_id", Computed),
            Number("name_contract_id", Computed),
        ]).WithId();
}
