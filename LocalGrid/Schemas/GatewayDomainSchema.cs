using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class GatewayDomainSchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        "Data source for computing gateway name proxy fqdn.",
        [
            Number("node", Required, "Node ID of the gateway"),
            Text("name", Required, "Name of the gateway name workload"),
            Text("fqdn", Computed, "Fully qualified domain name"),
        ]).WithId();
}
