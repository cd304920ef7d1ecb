using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

internal static class FqdnProxySchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        "Resource for deploying a gateway with a fully qualified domain name.\nA user should have some fully qualified domain name (fqdn) (e.g. example.com), pointing to the specified node working as a gateway, then connect this gateway to whichever backend services they desire, making these backend services accessible through the computed fqdn.",
        [
            Text("name", Optional, "Gateway workload name.  This has to be unique within the deployment. Must contain only alphanumeric and underscore characters.", "name", check: ValueChecks.Name),
            Text("solution_type", Optional, "Solution type for created contract to be consistent across threefold tooling.", ""),
            Text("description", Optional, "Description of the gateway fqdn workload.", ""),
            Number("node", Required, "The gateway's node id."),
            Text("fqdn", Required, "The fully qualified domain name of the deployed workload."),
            Flag("tls_passthrough", Optional, "TLS passthrough controls the TLS termination, if false, the gateway will terminate the TLS, if True, it will only be terminated by the backend service.", false),
            Text("network", Optional, "Network name to join, if backend IP is private.", ""),
            Texts("backends", Required, "The backends of the gateway proxy. must be in the format ip:port if tls_passthrough is set, otherwise the format should be http://ip[:port]"),
            NumberMap("node_deployment_id", Computed, "Mapping from each node to its deployment id."),
        ]).WithId();
}
