using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class SchedulerSchema
{
    private static readonly BlockSchema Requests = BlockSchema.Of(
        [
            Text("name", Required),
            Number("cru", Optional),
            Number("mru", Optional),
            Number("sru", Optional),
            Number("hru", Optional),
            Number("farm_id", Optional),
            Flag("yggdrasil", Required),
            Flag("wireguard", Required),
            Flag("public_config", Optional),
            Number("public_ips_count", Optional),
            Flag("certified", Optional),
            Flag("dedicated", Optional),
            Numbers("node_exclude", Optional),
            Flag("distinct", Optional, false),
        ]);

    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            NumberMap("nodes", Computed),
        ],
        new NestedBlockSchema("requests", Requests, 1)).WithId();
}
