using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class DeploymentSchema
{
    private static readonly BlockSchema Disks = BlockSchema.Of(
        "List of disk workloads configurations.",
        [
            Text("name", Required, "Disk workload name. This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Number("size", Required, "Disk size in GBs. Must be between 1GB and 10240GBs (10TBs)", check: ValueChecks.Between(1, 10 * 1024)),
            Text("description", Optional, "Description of disk workload.", ""),
        ]);

    private static readonly BlockSchema Zdbs = BlockSchema.Of(
        "List of ZDB workloads configurations. You can read more about 0-db (ZDB) [here](https://github.com/threefoldtech/0-db/).",
        [
            Text("name", Required, "ZDB workload name. This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("password", Required, "ZDB password."),
            Flag("public", Optional, "Makes it read-only if password is set, writable if no password set.", false),
            Number("size", Required, "Size of the ZDB in GBs."),
            Text("description", Optional, "ZDB workload description.", ""),
            Text("mode", OptionalComputed, "Mode of the ZDB, `user` or `seq`. `user` is the default mode where a user can SET their own keys, like any key-value store. All keys are kept in memory. in `seq` mode, keys are sequential and autoincremented."),
            Texts("ips", Computed, "Computed IPs of the ZDB. Two IPs are returned: a public IPv6, and a YggIP, in this order"),
            Text("namespace", Computed, "Namespace of the ZDB."),
            Number("port", Computed, "Port of the ZDB."),
        ]);

    private static readonly BlockSchema VmsMounts = BlockSchema.Of(
        "List of vm (ZMachine) mounts. Can reference QSFSs and Disks.",
        [
            Text("name", Required, "Name of QSFS or Disk to mount."),
            Text("mount_point", Required, "Directory to mount the disk on inside the ZMachine."),
        ]);

    private static readonly BlockSchema Vms = BlockSchema.Of(
        "List of vm (ZMachine) workloads configurations.",
        [
            Text("name", Required, "Vm (zmachine) workload name. This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Number("node", Optional, "Node id to place the vm on."),
            Text("flist", Required, "Flist used on this vm, e.g. https://hub.grid.tf/tf-official-apps/base:latest.flist. All flists could be found in `https://hub.grid.tf/`.", check: ValueChecks.WebAddress),
            Text("flist_checksum", Optional, "if present, the flist is rejected if it has a different hash."),
            Flag("publicip", Optional, "Flag to enable public ipv4 reservation."),
            Flag("publicip6", Optional, "Flag to enable public ipv6 reservation."),
            Text("computedip", Computed, "The reserved public ipv4 if any."),
            Text("computedip6", Computed, "The reserved public ipv6 if any."),
            Text("ip", OptionalComputed, "The private wireguard IP of the vm.", check: ValueChecks.IpAddress),
            Text("mycelium_ip_seed", Optional, "Mycelium seed used to get the same mycelium ip for the vm. Hex encoded 6 bytes (e.g. b60f2b7ec39c)."),
            Text("mycelium_ip", Computed, "The allocated mycelium IP."),
            Number("cpu", Optional, "Number of virtual CPUs. Must be between 1 and 32.", 1, check: ValueChecks.Between(1, 32)),
            Text("description", Optional, "Description of the vm.", ""),
            Number("memory", Optional, "Memory size in MB. Must be between 256MBs and 262144MBs (256GBs).", check: ValueChecks.Between(256, 256 * 1024)),
            Number("rootfs_size", Optional, "Root file system size in MB. Must be between 1024MBs and 10485760MBs (10TBs).", check: ValueChecks.Between(1024, 10 * 1024 * 1024)),
            Text("entrypoint", Optional, "Command to execute as the ZMachine init."),
            TextMap("env_vars", Optional, "Environment variables to pass to the zmachine."),
            Flag("planetary", Optional, "Flag to enable Yggdrasil IP allocation.", false),
            Flag("corex", Optional, "Flag to enable corex. More information about corex could be found [here](https://github.com/threefoldtech/corex)", false),
            Text("planetary_ip", Computed, "The allocated Yggdrasil IP."),
            Texts("zlogs", Optional, "List of Zlogs workloads configurations (URLs). Zlogs is a utility workload that allows you to stream `ZMachine` logs to a remote location."),
            Texts("gpus", Optional, "List of the GPUs to be attached to the vm and must not be used by other vms", check: ValueChecks.Gpu),
            Text("console_url", Computed, "The url to access the vm via cloud console on private interface using wireguard."),
        ],
        new NestedBlockSchema("mounts", VmsMounts));

    private static readonly BlockSchema MetadataBackends = BlockSchema.Of(
        "List of ZDB backends configurations.",
        [
            Text("address", Required, "Address of backend ZDB (e.g. [300:a582:c60c:df75:f6da:8a92:d5ed:71ad]:9900 or 60.60.60.60:9900)."),
            Text("namespace", Required, "ZDB namespace."),
            Text("password", Required, "Namespace password."),
        ]);

    private static readonly BlockSchema QsfsMetadata = BlockSchema.Of(
        "",
        [
            Text("type", Optional, "configuration for the metadata store to use, currently only ZDB is supported.", "zdb"),
            Text("prefix", Required, "Data stored on the remote metadata is prefixed with."),
            Text("encryption_algorithm", Optional, "configuration to use for the encryption stage. Currently only AES is supported.", "AES"),
            Text("encryption_key", Required, "64 long hex encoded encryption key (e.g. 0000000000000000000000000000000000000000000000000000000000000000)."),
        ],
        new NestedBlockSchema("backends", MetadataBackends));

    private static readonly BlockSchema GroupsBackends = BlockSchema.Of(
        "List of ZDB backends configurations.",
        [
            Text("address", Required, "Address of backend ZDB (e.g. [300:a582:c60c:df75:f6da:8a92:d5ed:71ad]:9900 or 60.60.60.60:9900)."),
            Text("namespace", Required, "ZDB namespace."),
            Text("password", Required, "Namespace password."),
        ]);

    private static readonly BlockSchema QsfsGroups = BlockSchema.Of(
        "The backend groups to write the data to.",
        [

        ],
        new NestedBlockSchema("backends", GroupsBackends));

    private static readonly BlockSchema Qsfs = BlockSchema.Of(
        "List of Qsfs workloads configurations. Qsfs is a quantum storage file system.\nYou can read more about it [here](https://github.com/threefoldtech/quantum-storage).",
        [
            Text("name", Required, "Qsfs workload name. This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("description", Optional, "Description of the qsfs workload.", ""),
            Number("cache", Required, "The size of the fuse mountpoint on the node in MBs (holds qsfs local data before pushing)."),
            Number("minimal_shards", Required, "The minimum amount of shards which are needed to recover the original data."),
            Number("expected_shards", Required, "The amount of shards which are generated when the data is encoded. Essentially, this is the amount of shards which is needed to be able to recover the data, and some disposable shards which could be lost. The amount of disposable shards can be calculated as expected_shards - minimal_shards."),
            Number("redundant_groups", Required, "The amount of groups which one should be able to loose while still being able to recover the original data."),
            Number("redundant_nodes", Required, "The amount of nodes that can be lost in every group while still being able to recover the original data."),
            Number("max_zdb_data_dir_size", Required, "Maximum size of the data dir in MiB, if this is set and the sum of the file sizes in the data dir gets higher than this value, the least used, already encoded file will be removed."),
            Text("encryption_algorithm", Optional, "configuration to use for the encryption stage. Currently only AES is supported.", "AES"),
            Text("encryption_key", Required, "64 long hex encoded encryption key (e.g. 0000000000000000000000000000000000000000000000000000000000000000)."),
            Text("compression_algorithm", Optional, "configuration to use for the compression stage. Currently only snappy is supported.", "snappy"),
            Text("metrics_endpoint", Computed, "QSFS exposed metrics endpoint."),
        ],
        new NestedBlockSchema("metadata", QsfsMetadata, 1, 1),
        new NestedBlockSchema("groups", QsfsGroups, 1));

    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource for deploying multiple workloads like vms (ZMachines), ZDBs, disks, Qsfss, and/or zlogs. A user should specify node id for this deployment, the (already) deployed network that this deployment should be a part of, and the desired workloads configurations.",
        [
            Number("node", Required, "Node id to place the deployment on."),
            Text("name", Optional, "Solution name for created contract to be consistent across threefold tooling. Must contain only alphanumeric and underscore characters.", "vm", check: ValueChecks.Name),
            Text("solution_type", Optional, "Solution type for created contract to be consistent across threefold tooling.", ""),
            Number("solution_provider", Optional, "Solution provider ID for the deployed solution which allows the creator of the solution to gain a percentage of the rewards.", 0),
            Text("ip_range", Computed, "IP range of the node for the wireguard network (e.g. 10.1.2.0/24). Has to have a subnet mask of 24."),
            Text("network_name", Optional, "Network name of the deployed network resource to connect vms."),
        ],
        new NestedBlockSchema("disks", Disks),
        new NestedBlockSchema("zdbs", Zdbs),
        new NestedBlockSchema("vms", Vms),
        new NestedBlockSchema("qsfs", Qsfs)).WithId().WithCreateTimeout();
}
