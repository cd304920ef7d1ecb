namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>The resource types of threefoldtech/grid that have contracts.</summary>
internal static class GridResourceType
{
    public const string Deployment = "grid_deployment";
    public const string Network = "grid_network";
    public const string Kubernetes = "grid_kubernetes";
    public const string NameGateway = "grid_name_proxy";
    public const string FqdnGateway = "grid_fqdn_proxy";
}
