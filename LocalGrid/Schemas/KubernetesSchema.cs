using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class KubernetesSchema
{
    private static readonly BlockSchema Master = BlockSchema.Of(
        "Master holds the configuration of master node in the kubernetes cluster.",
        [
            Text("name", Required, "Master node ZMachine workload name.  This has to be unique within the node. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Number("node", Required, "Node ID to deploy master node on."),
            Number("disk_size", Required, "Disk size for master node in GBs. Must be between 1GB and 10240GBs (10TBs).", check: ValueChecks.Between(1, 10 * 1024)),
            Flag("publicip", Optional, "Flag to enable/disable public ipv4 reservation."),
            Flag("publicip6", Optional, "Flag to enable/disable public ipv6 reservation."),
            Text("flist", Optional, "Flist used on master node, e.g. https://hub.grid.tf/tf-official-apps/threefolddev-k3s-v1.31.0.flist. All flists could be found in `https://hub.grid.tf/`", "https://hub.grid.tf/tf-official-apps/threefolddev-k3s-v1.31.0.flist"),
            Text("entrypoint", Optional, "Command to execute as the kubernetes node init.", "/sbin/zinit init"),
            Text("flist_checksum", Optional, "if present, the flist is rejected if it has a different hash."),
            Text("computedip", Computed, "The reserved public IPv4."),
            Text("computedip6", Computed, "The reserved public IPv6."),
            Text("ip", Computed, "The private wireguard IP of master node."),
            Number("cpu", Required, "Number of virtual CPUs. Must be between 1 and 32.", check: ValueChecks.Between(1, 32)),
            Number("memory", Required, "Memory size in MB. Must be between 256MBs and 262144MBs (256GBs).", check: ValueChecks.Between(256, 256 * 1024)),
            Flag("planetary", Optional, "Flag to enable Yggdrasil IP allocation.", false),
            Text("planetary_ip", Computed, "The allocated Yggdrasil IP."),
            Text("mycelium_ip_seed", Optional, "Mycelium seed used to get the same mycelium ip for k8s master. Hex encoded 6 bytes (e.g. b60f2b7ec39c)."),
            Text("mycelium_ip", Computed, "The allocated mycelium IP."),
            Text("console_url", Computed, "The url to access the vm via cloud console on private interface using wireguard."),
            Text("network_name", Computed, "Network name."),
            Text("ssh_key", Computed, "ssh key."),
            Text("token", Computed, "cluster token."),
        ]);

    private static readonly BlockSchema Workers = BlockSchema.Of(
        "Workers is a list holding the workers configuration for the kubernetes cluster.",
        [
            Text("name", Required, "Worker node ZMachine workload name. This has to be unique within the node. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("flist", Optional, "Flist used on worker node, e.g. https://hub.grid.tf/tf-official-apps/threefolddev-k3s-v1.31.0.flist. All flists could be found in `https://hub.grid.tf/`."),
            Text("entrypoint", Optional, "Command to execute as the kubernetes node init."),
            Text("flist_checksum", Optional, "if present, the flist is rejected if it has a different hash."),
            Number("disk_size", Required, "Data disk size in GBs. Must be between 1GB and 10240GBs (10TBs).", check: ValueChecks.Between(1, 10 * 1024)),
            Number("node", Required, "Node ID to deploy worker node on."),
            Flag("publicip", Optional, "Flag to enable/disable public ipv4 reservation."),
            Text("computedip", Computed, "The reserved public ipv4."),
            Flag("publicip6", Optional, "Flag to enable/disable public ipv6 reservation."),
            Text("computedip6", Computed, "The reserved public ipv6."),
            Text("ip", Computed, "The private IP (computed from nodes_ip_range)."),
            Number("cpu", Required, "Number of virtual CPUs. Must be between 1 and 32.", check: ValueChecks.Between(1, 32)),
            Number("memory", Required, "Memory size in MB. Must be between 256MBs and 262144MBs (256GBs).", check: ValueChecks.Between(256, 256 * 1024)),
            Flag("planetary", Optional, "Flag to enable Yggdrasil IP allocation.", false),
            Text("planetary_ip", Computed, "The allocated Yggdrasil IP."),
            Text("mycelium_ip_seed", Optional, "Mycelium seed used to get the same mycelium ip for k8s worker. Hex encoded 6 bytes (e.g. b60f2b7ec39c)."),
            Text("mycelium_ip", Computed, "The allocated mycelium IP."),
            Text("console_url", Computed, "The url to access the vm via cloud console on private interface using wireguard."),
            Text("network_name", Computed, "Network name."),
            Text("ssh_key", Computed, "ssh key."),
            Text("token", Computed, "cluster token."),
        ]);

    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource to deploy a kubernetes cluster. A cluster should consist of one master node, and a number (could be zero) of worker nodes.",
        [
            Text("name", Optional, "Solution name for the created contracts to be consistent across threefold tooling. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("solution_type", Optional, "Solution type for the created contracts to be consistent across threefold tooling.", ""),
            NumberMap("node_deployment_id", Computed, "Mapping from each node to its deployment id (contract id)."),
            Text("network_name", Optional, "The network name to deploy the cluster on."),
            Text("flist", Optional, "Flist used on all nodes, e.g. https://hub.grid.tf/tf-official-apps/threefolddev-k3s-v1.31.0.flist. All flists could be found in `https://hub.grid.tf/`"),
            Text("entrypoint", Optional, "Command to execute as the kubernetes node init."),
            Text("flist_checksum", Optional, "If present, the flist is rejected if it has a different hash."),
            Text("ssh_key", Optional, "SSH key to access the cluster nodes.", ""),
            Text("token", Required, "The cluster secret token. Each node has to have this token to be part of the cluster. This token should be an alphanumeric non-empty string.", check: ValueChecks.NotEmpty),
            TextMap("nodes_ip_range", Computed, "Reserved network IP ranges for nodes in the cluster (this is assigned from grid_network.<network-resource-name>.nodes_ip_range)."),
        ],
        new NestedBlockSchema("master", Master, 1, 1),
        new NestedBlockSchema("workers", Workers)).WithId();
}
