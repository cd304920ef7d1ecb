namespace TfgridCompose.LocalGrid.Requests;

internal sealed record DeploymentResult
{
    public required long Contract { get; init; }

    public string IpRange { get; set; } = "";

    public List<VmResult> Vms { get; set; } = [];

    /// <summary>An injected fault: the provider exits before it tells Terraform about the contract and its machines.</summary>
    public bool ProviderDies { get; set; }
}

internal sealed record VmResult(string Name, string Ip, string PublicIp, string PublicIp6, string MyceliumIp, string ConsoleUrl);
