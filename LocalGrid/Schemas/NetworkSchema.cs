using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class NetworkSchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource to deploy a network on the grid. This is a private wireguard network. A user could specify that they want to have a user access endpoint to this network through the `add_wg_access` flag. A separate workload is deployed on each of the specified nodes, with the peers for each workload configured in a way making any pair of nodes in the network accessible to each other.",
        [
            Text("name", Required, "Network workloads Name.  This has to be unique within the node. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("solution_type", Optional, "Solution type for created contract to be consistent across threefold tooling.", "Network"),
            Text("description", Optional, "Description of the network workloads.", ""),
            Numbers("nodes", Required, "List of node ids to add to the network."),
            Text("ip_range", Required, "Network IP range (e.g. 10.1.2.0/16). Has to have a subnet mask of 16.", check: ValueChecks.Slash16Network),
            TextMap("mycelium_keys", Optional, "Network mycelium keys per node (e.g. 9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd627). Hex encoded 32 bytes."),
            Flag("add_wg_access", Optional, "Flag to generate wireguard configuration for external user access to the network.", false),
            Text("access_wg_config", Computed, "Generated wireguard configuration for external user access to the network."),
            Text("external_ip", Computed, "Wireguard IP assigned for external user access."),
            Text("external_sk", Computed, "External user private key used in encryption while communicating through Wireguard network."),
            Number("public_node_id", Computed, "Public node id (in case it's added). Used for wireguard access and supporting hidden nodes."),
            TextMap("nodes_ip_range", OptionalComputed, "Computed values of nodes' IP ranges after deployment."),
            NumberMap("node_deployment_id", Computed, "Mapping from each node to its deployment id."),
        ]).WithId();
}
