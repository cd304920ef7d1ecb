using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class GatewayDomainSchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Number("node", Required),
            Text("name", Required),
            Text("fqdn", Computed),
        ]).WithId();
}
