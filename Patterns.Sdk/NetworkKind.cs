namespace TfgridCompose.Patterns.Sdk;

/// <summary>How a machine can be reached.</summary>
public enum NetworkKind
{
    /// <summary>The deployment's private IPv4 network, through a WireGuard tunnel.</summary>
    Wireguard,

    /// <summary>The Mycelium overlay: an IPv6 address in 400::/7.</summary>
    Mycelium,

    /// <summary>A public IPv4 address.</summary>
    PublicIpv4,

    /// <summary>A public IPv6 address.</summary>
    PublicIpv6,
}

/// <summary>Names of <see cref="NetworkKind"/> in outputs and manifests.</summary>
public static class NetworkKinds
{
    /// <summary>
    /// The name in the output <c>primary_ip_type</c>: <c>wireguard</c>, <c>mycelium</c> or <c>public</c>.
    /// </summary>
    public static string OutputName(this NetworkKind kind) => kind switch
    {
        NetworkKind.Wireguard => "wireguard",
        NetworkKind.Mycelium => "mycelium",
        _ => "public",
    };

    /// <summary>The name in a manifest: <c>wireguard</c>, <c>mycelium</c>, <c>ipv4</c> or <c>ipv6</c>.</summary>
    public static string ManifestName(this NetworkKind kind) => kind switch
    {
        NetworkKind.Wireguard => "wireguard",
        NetworkKind.Mycelium => "mycelium",
        NetworkKind.PublicIpv4 => "ipv4",
        _ => "ipv6",
    };
}
