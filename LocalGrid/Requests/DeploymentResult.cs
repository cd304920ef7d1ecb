namespace TfgridCompose.LocalGrid.Requests;

internal sealed record DeploymentResult
{
    public required long Contract { get; init; }

    public string IpRange { get; set; } = "";

    public List<VmResult> Vms { get; set; } = [];

    /// <summary>Injected: the contract exists and its machines run, and the provider ends before it tells Terraform.</summary>
    public bool ProviderDies { get; set; }
}

internal sealed record VmResult(string Name, string Ip, string PublicIp, string PublicIp6, string MyceliumIp, string ConsoleUrl);
