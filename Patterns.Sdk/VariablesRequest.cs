namespace TfgridCompose.Patterns.Sdk;

/// <summary>What a pattern computes its Terraform variables from.</summary>
public sealed record VariablesRequest
{
    /// <summary>The deployment's id: lower-case letters and digits, unique.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>What all resources carry as <c>solution_type</c>, so that they can be found without local state.</summary>
    public string SolutionType => $"tfc/{DeploymentId}";

    /// <summary>The machines of the topology with their nodes.</summary>
    public required IReadOnlyList<AssignedHost> Hosts { get; init; }

    /// <summary>The deployment's own private range, <c>10.x.0.0/16</c>.</summary>
    public required string IpRange { get; init; }

    /// <summary>Public SSH keys that may log in as root, one line each.</summary>
    public required IReadOnlyList<string> SshPublicKeys { get; init; }

    /// <summary>Random keys that stay the same for the deployment's whole life.</summary>
    public required DeploymentKeys Keys { get; init; }

    /// <summary>The grid network that Terraform's provider talks to: <c>main</c>, <c>test</c>, <c>qa</c> or <c>dev</c>.</summary>
    public string GridNetwork { get; init; } = "main";

    /// <summary>The pattern's own options.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>The networks asked for.</summary>
    public NetworkRequest Network { get; init; } = new();

    /// <summary>The app's ports.</summary>
    public IReadOnlyList<PortSpec> Ports { get; init; } = [];
}

/// <summary>A machine and the node that Core's assignment gave it.</summary>
/// <param name="Spec">The machine.</param>
/// <param name="NodeId">The grid's id of the node.</param>
public sealed record AssignedHost(HostSpec Spec, int NodeId);
