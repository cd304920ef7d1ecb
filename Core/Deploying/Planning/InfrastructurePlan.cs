using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the infrastructure phase would change: Terraform's resources, and the machines in them.</summary>
public sealed record InfrastructurePlan(TerraformPlan Terraform, IReadOnlyList<HostChange> Hosts)
{
    private static readonly string[] Addresses = ["primary_ip", "primary_ip_type", "secondary_ips", "mycelium_ip"];

    /// <summary>Whether anything on the grid changes; outputs alone do not.</summary>
    public bool ChangesResources => Terraform.Changes.Count > 0;

    /// <summary>Storage that is lost, also with its machines.</summary>
    public IReadOnlyList<StorageLoss> Storage { get; init; } = [];

    public bool LosesData => Storage.Count > 0 || Hosts.Any(host => host.LosesData);

    /// <summary>Whether this machine's tunnel must be set up again, even if nothing on the grid changes.</summary>
    public bool ChangesTunnel => Terraform.ChangedOutputs.Contains("wg_config");

    /// <summary>Whether the machines get other addresses, even if nothing on the grid changes.</summary>
    public bool ChangesAddresses => Terraform.ChangedOutputs.Any(Addresses.Contains);
}
