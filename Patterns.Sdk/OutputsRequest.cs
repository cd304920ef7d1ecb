using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>The Terraform outputs that a pattern reads.</summary>
public sealed record OutputsRequest
{
    /// <summary>Output values by name, as <c>terraform output -json</c> gives them.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Outputs { get; init; }

    /// <summary>The requested machines.</summary>
    public required IReadOnlyList<AssignedHost> Hosts { get; init; }

    /// <summary>The deployment's private range, which must contain all WireGuard addresses.</summary>
    public required string IpRange { get; init; }
}

/// <summary>The hosts read from the outputs, or all violations of the contract.</summary>
public sealed record OutputsResult
{
    /// <summary>The machines, the primary one first; empty if there are violations.</summary>
    public IReadOnlyList<HostFacts> Hosts { get; init; } = [];

    /// <summary>The contract's outputs; null if there are violations.</summary>
    public ContractValues? Values { get; init; }

    /// <summary>The violations of the contract.</summary>
    public IReadOnlyList<ContractViolation> Violations { get; init; } = [];
}

/// <summary>The checked outputs of the contract.</summary>
public sealed record ContractValues
{
    /// <summary>Address of the primary host, without a prefix length.</summary>
    public required string PrimaryIp { get; init; }

    /// <summary><c>wireguard</c>, <c>public</c> or <c>mycelium</c>.</summary>
    public required string PrimaryIpType { get; init; }

    /// <summary>Terraform's name of the deployment.</summary>
    public required string DeploymentName { get; init; }

    /// <summary>The nodes of its machines. Never empty.</summary>
    public required IReadOnlyList<int> NodeIds { get; init; }

    /// <summary>Mycelium address of the primary host, or null.</summary>
    public string? MyceliumIp { get; init; }

    /// <summary>Name of the private network, or null.</summary>
    public string? NetworkName { get; init; }

    /// <summary>The WireGuard configuration for the user's machine, or null. Secret.</summary>
    public string? WireguardConfig { get; init; }

    /// <summary>Further facts for users, by name.</summary>
    public IReadOnlyDictionary<string, string> ConnectionInfo { get; init; } = new Dictionary<string, string>();

    /// <summary>Reveals no secret.</summary>
    public override string ToString() => $"{DeploymentName} at {PrimaryIp} ({PrimaryIpType})";
}

/// <summary>An output that violates the contract.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Message">What is wrong, with the actual value.</param>
/// <param name="Remedy">What the pattern's author can do.</param>
public sealed record ContractViolation(string Output, string Message, string Remedy);
