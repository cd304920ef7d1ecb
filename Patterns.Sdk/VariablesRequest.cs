namespace TfgridCompose.Patterns.Sdk;

/// <summary>The input for a pattern's Terraform variables.</summary>
public sealed record VariablesRequest
{
    /// <summary>The deployment's id: lower-case letters and digits, unique.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The <c>solution_type</c> of all resources, by which they can be found without local state.</summary>
    public string SolutionType => $"tfc/{DeploymentId}";

    /// <summary>The machines of the topology with their nodes.</summary>
    public required IReadOnlyList<AssignedHost> Hosts { get; init; }

    /// <summary>The deployment's own private range, <c>10.x.0.0/16</c>.</summary>
    public required string IpRange { get; init; }

    /// <summary>Public SSH keys that may log in as root, one line each.</summary>
    public required IReadOnlyList<string> SshPublicKeys { get; init; }

    /// <summary>Random keys that stay the same for the deployment's whole life.</summary>
    public required DeploymentKeys Keys { get; init; }

    /// <summary>The grid network for Terraform's provider: <c>main</c>, <c>test</c>, <c>qa</c> or <c>dev</c>.</summary>
    public string GridNetwork { get; init; } = "main";

    /// <summary>The pattern's own options.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>The requested networks.</summary>
    public NetworkRequest Network { get; init; } = new();

    /// <summary>The app's ports.</summary>
    public IReadOnlyList<PortSpec> Ports { get; init; } = [];
}

/// <summary>A machine and its node.</summary>
/// <param name="Spec">The machine.</param>
/// <param name="NodeId">The node's id on the grid.</param>
public sealed record AssignedHost(HostSpec Spec, int NodeId);
