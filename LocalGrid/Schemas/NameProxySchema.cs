using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class NameProxySchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource for deploying a gateway name workload. A user should specify some unique name, for example hamada, and a node working as a gateway that has the domain gent01.dev.grid.tf, and the grid generates a fully qualified domain name (fqdn) `hamada.getn01.dev.grid.tf`. Then, the user could connect this gateway workload to whichever backend services the user desires, making these backend services accessible through the computed fqdn.",
        [
            Text("name", Required, "Domain prefix. The fqdn will be <name>.<gateway-domain>.  This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", check: ValueChecks.Name),
            Text("solution_type", Optional, "Solution type for created contract to be consistent across threefold tooling.", ""),
            Text("description", Optional, "", "Description of the gateway name workload."),
            Number("node", Required, "The gateway's node id."),
            Text("fqdn", Computed, "The computed fully qualified domain name of the deployed workload."),
            Flag("tls_passthrough", Optional, "TLS passthrough controls the TLS termination, if false, the gateway will terminate the TLS, if True, it will only be terminated by the backend service.", false),
            Text("network", Optional, "Network name to join, if backend IP is private.", ""),
            Texts("backends", Required, "The backends of the gateway proxy. must be in the format ip:port if tls_passthrough is set, otherwise the format should be http://ip[:port]"),
            NumberMap("node_deployment_id", Computed, "Mapping from each node to its deployment id."),
            Number("name_contract_id", Computed, "The id of the created name contract."),
        ]).WithId();
}
