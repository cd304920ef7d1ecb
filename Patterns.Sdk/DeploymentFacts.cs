namespace TfgridCompose.Patterns.Sdk;

/// <summary>A deployment with its existing machines.</summary>
public sealed record DeploymentFacts
{
    /// <summary>The deployment's id.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The app's name from the manifest.</summary>
    public required string AppName { get; init; }

    /// <summary>The machines; the first is the primary.</summary>
    public required IReadOnlyList<HostFacts> Hosts { get; init; }

    /// <summary>The pattern's own options.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>The requested networks.</summary>
    public NetworkRequest Network { get; init; } = new();

    /// <summary>The app's ports.</summary>
    public IReadOnlyList<PortSpec> Ports { get; init; } = [];

    /// <summary>The primary machine.</summary>
    public HostFacts Primary => Hosts[0];
}

/// <summary>A machine that exists.</summary>
public sealed record HostFacts
{
    /// <summary>Unique in the deployment.</summary>
    public required string Name { get; init; }

    /// <summary>Its role.</summary>
    public required string Role { get; init; }

    /// <summary>The node that it runs on, or 0 if the outputs do not name it.</summary>
    public int NodeId { get; init; }

    /// <summary>Its addresses, the preferred one first. Never empty.</summary>
    public required IReadOnlyList<HostAddress> Addresses { get; init; }

    /// <summary>The preferred address, without a prefix length.</summary>
    public string Address => Addresses[0].Ip;

    /// <summary>The address on a network, or null.</summary>
    public string? AddressOn(NetworkKind kind) => Addresses.FirstOrDefault(address => address.Kind == kind)?.Ip;
}

/// <summary>An address of a machine.</summary>
/// <param name="Kind">The network it belongs to.</param>
/// <param name="Ip">IPv4 or IPv6, without a prefix length.</param>
public sealed record HostAddress(NetworkKind Kind, string Ip);
