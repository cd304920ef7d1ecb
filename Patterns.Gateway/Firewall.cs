using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The addresses that may reach every port.</summary>
internal static class Firewall
{
    // The grid's WireGuard access points give users an address from this range.
    private const string WireguardAccess = "100.64.0.0/16";

    /// <summary>The deployment's private network first. Mycelium is not private: all its users share it.</summary>
    public static IReadOnlyList<string> PrivateRanges(HostFacts host) =>
        host.AddressOn(NetworkKind.Wireguard)?.Split('.') is [var first, var second, ..]
            ? [$"{first}.{second}.0.0/16", WireguardAccess]
            : [];
}
