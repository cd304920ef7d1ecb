using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm;

/// <summary>What the firewall accepts. Only machines with a public address get a firewall.</summary>
internal static class Firewall
{
    private const int Ssh = 22;
    private const string WireguardAccess = "100.64.0.0/16";
    private const string Mycelium = "400::/7";

    public static bool IsNeeded(HostFacts host) =>
        host.AddressOn(NetworkKind.PublicIpv4) is not null || host.AddressOn(NetworkKind.PublicIpv6) is not null;

    public static IReadOnlyList<int> OpenPorts(IReadOnlyList<PortSpec> ports) =>
        [.. ports.Select(port => port.Number).Append(Ssh).Distinct().Order()];

    // The deployment's own range first. The grid's WireGuard access points give users an address from 100.64.0.0/16.
    public static IReadOnlyList<string> PrivateRanges(HostFacts host)
    {
        var ranges = new List<string>();
        if (host.AddressOn(NetworkKind.Wireguard) is { } address)
        {
            string[] parts = address.Split('.');
            ranges.Add($"{parts[0]}.{parts[1]}.0.0/16");
            ranges.Add(WireguardAccess);
        }

        if (host.AddressOn(NetworkKind.Mycelium) is not null)
        {
            ranges.Add(Mycelium);
        }

        return ranges;
    }
}
