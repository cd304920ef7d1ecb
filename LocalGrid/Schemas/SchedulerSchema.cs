using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class SchedulerSchema
{
    private static readonly BlockSchema Requests = BlockSchema.Of(
        "List of requests. Here a user defines their required nodes configurations.",
        [
            Text("name", Required, "Request name. Used as a reference in the `nodes` dict."),
            Number("cru", Optional, "Number of required virtual CPUs."),
            Number("mru", Optional, "Memory size in MBs."),
            Number("sru", Optional, "Disk SSD size in MBs."),
            Number("hru", Optional, "Disk HDD size in MBs."),
            Number("farm_id", Optional, "Farm id to search for eligible nodes."),
            Flag("yggdrasil", Required, "Flag to pick only nodes supporting yggdrasil."),
            Flag("wireguard", Required, "Flag to pick only nodes supporting wireguard."),
            Flag("public_config", Optional, "Flag to pick only nodes with public config containing domain."),
            Number("public_ips_count", Optional, "Required count of public ips."),
            Flag("certified", Optional, "Flag to pick only certified nodes (Not implemented)."),
            Flag("dedicated", Optional, "Flag to pick a rentable node"),
            Numbers("node_exclude", Optional, "List of node ids you want to exclude from the search."),
            Flag("distinct", Optional, "True to ensure this request returns a distinct node relative to this scheduler resource.", false),
        ]);

    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource to dynamically assign resource requests to nodes. A user could specify their desired node configurations, and the scheduler searches the grid for eligible nodes.",
        [
            NumberMap("nodes", Computed, "Mapping from the request name to the node id."),
        ],
        new NestedBlockSchema("requests", Requests, 1)).WithId();
}
