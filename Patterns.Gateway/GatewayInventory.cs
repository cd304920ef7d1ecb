using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The playbook's groups and variables.</summary>
internal static class GatewayInventory
{
    private const string LetsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";
    private const string LetsEncryptStaging = "https://acme-staging-v02.api.letsencrypt.org/directory";

    public static Inventory Of(DeploymentFacts deployment)
    {
        var settings = GatewaySettings.Of(deployment.Options, deployment.Ports);
        HostFacts gateway = deployment.Primary;
        HostFacts[] backends = [.. deployment.Hosts.Where(host => host.Role == Role.Backend)];
        bool wantsMycelium = settings.InterNode == NetworkKind.Mycelium.ManifestName();
        NetworkKind inside = wantsMycelium || !deployment.Network.Has(NetworkKind.Wireguard)
            ? NetworkKind.Mycelium
            : NetworkKind.Wireguard;
        return new Inventory
        {
            Groups =
            [
                new InventoryGroup
                {
                    Name = "gateways",
                    Hosts = [gateway.Name],
                    Variables = Gateway(settings, gateway, backends, inside),
                },
                new InventoryGroup
                {
                    Name = "backends",
                    Hosts = [.. backends.Select(host => host.Name)],
                    Variables = new Dictionary<string, object?>
                    {
                        ["packages_wanted"] = settings.Packages.Append("nftables").Distinct().ToArray(),
                        ["firewall_sources"] =
                            Firewall.PrivateRanges(gateway).Append(InsideAddress(gateway, inside)).Distinct().ToArray(),
                        ["firewall_ports"] = new[] { GatewaySettings.Ssh },
                    },
                },
            ],
        };
    }

    private static Dictionary<string, object?> Gateway(
        GatewaySettings settings, HostFacts gateway, HostFacts[] backends, NetworkKind inside) => new()
        {
            ["packages_wanted"] = Packages(settings),
            ["firewall_sources"] = Firewall.PrivateRanges(gateway),
            ["firewall_ports"] = settings.OpenPorts(),
            ["gateway_mode"] = settings.Mode,
            ["gateway_proxy"] = settings.Proxy,
            ["gateway_balance"] = settings.Balance,
            ["gateway_drain_timeout"] = settings.DrainTimeout,
            ["gateway_private_address"] = InsideAddress(gateway, inside),
            ["gateway_public_addresses"] = AddressesOn(gateway, NetworkKind.PublicIpv4, NetworkKind.PublicIpv6),
            ["gateway_ipv6"] = AddressesOn(gateway, NetworkKind.PublicIpv6, NetworkKind.Mycelium).Length > 0,
            ["gateway_domains"] = settings.Domains,
            ["gateway_services"] = InOrder(settings.Services).Select(service => Described(settings, service)).ToArray(),
            ["gateway_backends"] = backends.Select(host => new Dictionary<string, object?>
            {
                ["name"] = host.Name,
                ["address"] = InsideAddress(host, inside),
            }).ToArray(),
            ["gateway_status_port"] = GatewaySettings.StatusPort,
            ["gateway_ssl"] = new Dictionary<string, object?>
            {
                ["enabled"] = settings.Ssl,
                ["email"] = settings.SslEmail,
                ["directory"] = settings.AcmeDirectory ?? (settings.SslStaging ? LetsEncryptStaging : LetsEncrypt),
                ["ca"] = settings.AcmeCa,
                ["port"] = GatewaySettings.AcmePort,
            },
        };

    private static string InsideAddress(HostFacts host, NetworkKind inside) => host.AddressOn(inside) ?? host.Address;

    private static string[] AddressesOn(HostFacts host, params NetworkKind[] kinds) =>
        [.. kinds.Select(host.AddressOn).OfType<string>()];

    private static string[] Packages(GatewaySettings settings) =>
    [
        "nftables",
        .. !settings.IsProxy ? ["conntrack"]
            : settings.Proxy == ProxyProgram.Haproxy ? new[] { "haproxy" } : ["nginx-light", "libnginx-mod-stream"],
        .. settings.Ssl ? ["certbot", "openssl"] : Array.Empty<string>(),
    ];

    // A request takes the first service that matches, so named hosts and long paths come first.
    private static IEnumerable<Service> InOrder(IEnumerable<Service> services) => services
        .OrderBy(service => service.Host is null)
        .ThenByDescending(service => service.Path.Length)
        .ThenBy(service => service.Name, StringComparer.Ordinal);

    private static Dictionary<string, object?> Described(GatewaySettings settings, Service service) => new()
    {
        ["name"] = service.Name,
        ["type"] = service.Type,
        ["port"] = service.Port,
        ["public_port"] = settings.PublicPort(service),
        ["path"] = service.Path,
        ["host"] = service.Host,
        ["health_check"] = service.HealthCheck,
        ["sticky"] = service.Sticky,
        ["proxy_protocol"] = service.ProxyProtocol,
    };
}
