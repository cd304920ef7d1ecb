using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class KubernetesSchema
{
    private static readonly BlockSchema Master =
        Node("https://hub.grid.tf/tf-official-apps/threefolddev-k3s-v1.31.0.flist", "/sbin/zinit init");

    private static readonly BlockSchema Workers = Node(null, null);

    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Text("name", Optional, check: ValueChecks.Name),
            Text("solution_type", Optional, ""),
            NumberMap("node_deployment_id", Computed),
            Text("network_name", Optional),
            Text("flist", Optional),
            Text("entrypoint", Optional),
            Text("flist_checksum", Optional),
            Text("ssh_key", Optional, ""),
            Text("token", Required, check: ValueChecks.NotEmpty),
            TextMap("nodes_ip_range", Computed),
        ],
        new NestedBlockSchema("master", Master, 1, 1),
        new NestedBlockSchema("workers", Workers)).WithId();

    // Only the master's image has defaults.
    private static BlockSchema Node(string? flist, string? entrypoint) => BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Number("node", Required),
            Number("disk_size", Required, check: ValueChecks.Between(1, 10 * 1024)),
            Flag("publicip", Optional),
            Flag("publicip6", Optional),
            Text("flist", Optional, flist),
            Text("entrypoint", Optional, entrypoint),
            Text("flist_checksum", Optional),
            Text("computedip", Computed),
            Text("computedip6", Computed),
            Text("ip", Computed),
            Number("cpu", Required, check: ValueChecks.Between(1, 32)),
            Number("memory", Required, check: ValueChecks.Between(256, 256 * 1024)),
            Flag("planetary", Optional, false),
            Text("planetary_ip", Computed),
            Text("mycelium_ip_seed", Optional),
            Text("mycelium_ip", Computed),
            Text("console_url", Computed),
            Text("network_name", Computed),
            Text("ssh_key", Computed),
            Text("token", Computed),
        ]);
}
