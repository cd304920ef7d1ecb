namespace TfgridCompose.Patterns.Sdk;

/// <summary>The networks that the manifest requests.</summary>
public sealed record NetworkRequest
{
    /// <summary>The networks to provision. Never empty.</summary>
    public IReadOnlyList<NetworkKind> Provision { get; init; } = [NetworkKind.Wireguard];

    /// <summary>The same networks, the preferred one first.</summary>
    public IReadOnlyList<NetworkKind> Prefer { get; init; } = [NetworkKind.Wireguard];

    /// <summary>
    /// The provisioned networks, the preferred one first. Terraform takes the primary address from the first one.
    /// </summary>
    public IReadOnlyList<NetworkKind> InOrder() => [.. Prefer.Where(Has).Union(Provision)];

    /// <summary>Whether a network is provisioned.</summary>
    public bool Has(NetworkKind kind) => Provision.Contains(kind);
}
