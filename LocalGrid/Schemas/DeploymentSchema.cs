using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class DeploymentSchema
{
    private static readonly BlockSchema Disks = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Number("size", Required, check: ValueChecks.Between(1, 10 * 1024)),
            Text("description", Optional, ""),
        ]);

    private static readonly BlockSchema Zdbs = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Text("password", Required),
            Flag("public", Optional, false),
            Number("size", Required),
            Text("description", Optional, ""),
            Text("mode", OptionalComputed),
            Texts("ips", Computed),
            Text("namespace", Computed),
            Number("port", Computed),
        ]);

    private static readonly BlockSchema VmsMounts = BlockSchema.Of(
        [
            Text("name", Required),
            Text("mount_point", Required),
        ]);

    private static readonly BlockSchema Vms = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Number("node", Optional),
            Text("flist", Required),
            Text("flist_checksum", Optional),
            Flag("publicip", Optional),
            Flag("publicip6", Optional),
            Text("computedip", Computed),
            Text("computedip6", Computed),
            Text("ip", OptionalComputed, check: ValueChecks.IpAddress),
            Text("mycelium_ip_seed", Optional),
            Text("mycelium_ip", Computed),
            Number("cpu", Optional, 1, check: ValueChecks.Between(1, 32)),
            Text("description", Optional, ""),
            Number("memory", Optional, check: ValueChecks.Between(256, 256 * 1024)),
            Number("rootfs_size", Optional, check: ValueChecks.Between(1024, 10 * 1024 * 1024)),
            Text("entrypoint", Optional),
            TextMap("env_vars", Optional),
            Flag("planetary", Optional, false),
            Flag("corex", Optional, false),
            Text("planetary_ip", Computed),
            Texts("zlogs", Optional),
            Texts("gpus", Optional, check: ValueChecks.Gpu),
            Text("console_url", Computed),
        ],
        new NestedBlockSchema("mounts", VmsMounts));

    private static readonly BlockSchema MetadataBackends = BlockSchema.Of(
        [
            Text("address", Required),
            Text("namespace", Required),
            Text("password", Required),
        ]);

    private static readonly BlockSchema QsfsMetadata = BlockSchema.Of(
        [
            Text("type", Optional, "zdb"),
            Text("prefix", Required),
            Text("encryption_algorithm", Optional, "AES"),
            Text("encryption_key", Required),
        ],
        new NestedBlockSchema("backends", MetadataBackends));

    private static readonly BlockSchema GroupsBackends = BlockSchema.Of(
        [
            Text("address", Required),
            Text("namespace", Required),
            Text("password", Required),
        ]);

    private static readonly BlockSchema QsfsGroups = BlockSchema.Of(
        [

        ],
        new NestedBlockSchema("backends", GroupsBackends));

    private static readonly BlockSchema Qsfs = BlockSchema.Of(
        [
            Text("name", Required, check: ValueChecks.Name),
            Text("description", Optional, ""),
            Number("cache", Required),
            Number("minimal_shards", Required),
            Number("expected_shards", Required),
            Number("redundant_groups", Required),
            Number("redundant_nodes", Required),
            Number("max_zdb_data_dir_size", Required),
            Text("encryption_algorithm", Optional, "AES"),
            Text("encryption_key", Required),
            Text("compression_algorithm", Optional, "snappy"),
            Text("metrics_endpoint", Computed),
        ],
        new NestedBlockSchema("metadata", QsfsMetadata, 1, 1),
        new NestedBlockSchema("groups", QsfsGroups, 1));

    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Number("node", Required),
            Text("name", Optional, "vm", check: ValueChecks.Name),
            Text("solution_type", Optional, ""),
            Number("solution_provider", Optional, 0),
            Text("ip_range", Computed),
            Text("network_name", Optional),
        ],
        new NestedBlockSchema("disks", Disks),
        new NestedBlockSchema("zdbs", Zdbs),
        new NestedBlockSchema("vms", Vms),
        new NestedBlockSchema("qsfs", Qsfs)).WithId().WithCreateTimeout();
}
