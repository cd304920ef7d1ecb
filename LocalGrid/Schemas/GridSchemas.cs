namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>
/// Everything that threefoldtech/grid offers on its development branch of 2024-10-23. The number is the newest release without a
/// suffix; what differs in it is in docs/local-grid.md.
/// </summary>
internal static class GridSchemas
{
    public const string ProviderVersion = "1.11.1";

    public static readonly IReadOnlyDictionary<string, BlockSchema> Resources = new Dictionary<string, BlockSchema>
    {
        ["grid_scheduler"] = SchedulerSchema.Block,
        ["grid_deployment"] = DeploymentSchema.Block,
        ["grid_network"] = NetworkSchema.Block,
        ["grid_kubernetes"] = KubernetesSchema.Block,
        ["grid_name_proxy"] = NameProxySchema.Block,
        ["grid_fqdn_proxy"] = FqdnProxySchema.Block,
    };

    public static readonly IReadOnlyDictionary<string, BlockSchema> DataSources = new Dictionary<string, BlockSchema>
    {
        ["grid_gateway_domain"] = GatewayDomainSchema.Block,
    };
}
