namespace TfgridCompose.Patterns.Sdk;

/// <summary>The networks that the manifest asks for.</summary>
public sealed record NetworkRequest
{
    /// <summary>What to provision. Never empty.</summary>
    public IReadOnlyList<NetworkKind> Provision { get; init; } = [NetworkKind.Wireguard];

    /// <summary>The order in which addresses are preferred; holds what <see cref="Provision"/> holds.</summary>
    public IReadOnlyList<NetworkKind> Prefer { get; init; } = [NetworkKind.Wireguard];

    /// <summary>Whether a network is provisioned.</summary>
    public bool Has(NetworkKind kind) => Provision.Contains(kind);
}
