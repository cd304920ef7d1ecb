namespace TfgridCompose.Patterns.Sdk;

/// <summary>The networks that the manifest asks for.</summary>
public sealed record NetworkRequest
{
    /// <summary>What to provision. Never empty.</summary>
    public IReadOnlyList<NetworkKind> Provision { get; init; } = [NetworkKind.Wireguard];

    /// <summary>The order in which addresses are preferred; holds what <see cref="Provision"/> holds.</summary>
    public IReadOnlyList<NetworkKind> Prefer { get; init; } = [NetworkKind.Wireguard];

    /// <summary>What is provisioned, the preferred first: the order in which a Terraform file looks for the primary address.</summary>
    public IReadOnlyList<NetworkKind> InOrder() => [.. Prefer.Where(Has).Union(Provision)];

    /// <summary>Whether a network is provisioned.</summary>
    public bool Has(NetworkKind kind) => Provision.Contains(kind);
}
