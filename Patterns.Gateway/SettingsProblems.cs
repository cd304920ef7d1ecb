using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>Checks of the gateway, its certificates and its machines that go beyond types and ranges.</summary>
internal static partial class SettingsProblems
{
    [GeneratedRegex(
        @"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex DomainName { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress { get; }

    // https://www.debian.org/doc/debian-policy/ch-controlfields.html#source, plus apt's ":arch" and "=version".
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?(=[A-Za-z0-9.+~:-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName { get; }

    public static IReadOnlyList<PatternProblem> Of(GatewaySettings settings, TopologyRequest request) =>
    [
        .. ServiceProblems.Of(settings),
        .. Mode(settings),
        .. settings.Domains.Where(domain => !IsDomain(domain)).Select(domain => new PatternProblem(
            $"'{domain}' is not a domain name that can have a certificate",
            "write names such as www.example.org: letters, digits and dashes between dots; wildcards (*) cannot be checked over HTTP",
            GatewayOptions.Domains)),
        .. Ssl(settings),
        .. Networks(settings, request.Network),
        .. Nodes(settings, request.Options),
        .. settings.Packages.Where(name => !PackageName.IsMatch(name)).Select(name => new PatternProblem(
            $"'{name}' is not a package name",
            "use names as apt knows them, optionally followed by '=version'",
            GatewayOptions.Packages)),
    ];

    /// <summary>RFC 1035 and 1123: at least two labels of letters, digits and inner dashes.</summary>
    public static bool IsDomain(string text) => text.Length <= 253 && DomainName.IsMatch(text);

    private static IEnumerable<PatternProblem> Mode(GatewaySettings settings)
    {
        if (!settings.IsProxy && settings.Balance == Balancing.LeastConnections)
        {
            yield return new(
                "gateway.balance 'leastconn' needs a proxy: mode 'nat' does not count connections",
                "use roundrobin or source, or gateway.mode: proxy",
                GatewayOptions.Balance);
        }

        if (!settings.IsProxy && settings.Ssl)
        {
            yield return new(
                "gateway.ssl needs a proxy: in mode 'nat' the backends terminate TLS themselves",
                "use gateway.mode: proxy, or remove gateway.ssl",
                GatewayOptions.Ssl);
        }
    }

    private static IEnumerable<PatternProblem> Ssl(GatewaySettings settings) => !settings.Ssl ? [] : new[]
    {
        settings.Domains.Count > 0 ? null : new(
            "gateway.ssl is enabled, but there is no domain to get a certificate for",
            "add gateway.domains: [www.example.org]",
            GatewayOptions.Ssl),
        EmailProblem(settings),
        settings.AcmeDirectory is { } directory && !IsHttpsUrl(directory)
            ? new(
                $"'{directory}' is not an https URL",
                "write the ACME directory's URL, for example https://acme-v02.api.letsencrypt.org/directory",
                GatewayOptions.AcmeDirectory)
            : null,
        settings is { AcmeDirectory: not null, SslStaging: true }
            ? new(
                "gateway.ssl.staging selects Let's Encrypt's staging directory, but gateway.ssl.acme_directory names another",
                "keep one of them",
                GatewayOptions.SslStaging)
            : null,
        settings.AcmeCa is { } certificates && !certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
            ? new(
                "gateway.ssl.acme_ca contains no certificate",
                "paste the PEM text of the authority that signed the ACME server's own certificate",
                GatewayOptions.AcmeCa)
            : null,
    }.OfType<PatternProblem>();

    private static PatternProblem? EmailProblem(GatewaySettings settings) => settings.SslEmail switch
    {
        null => new(
            "gateway.ssl is enabled without an email address",
            "add gateway.ssl.email: the certificate authority writes to it before a certificate expires",
            GatewayOptions.Ssl),
        { } email when !EmailAddress.IsMatch(email) => new(
            $"'{email}' is not an email address",
            "correct gateway.ssl.email: the certificate authority writes to it before a certificate expires",
            GatewayOptions.SslEmail),
        _ => null,
    };

    private static bool IsHttpsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url.Scheme == Uri.UriSchemeHttps
        && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    private static IEnumerable<PatternProblem> Networks(GatewaySettings settings, NetworkRequest network)
    {
        if (!network.Has(NetworkKind.Wireguard) && !network.Has(NetworkKind.Mycelium))
        {
            yield return new(
                "the backends have no public address, so nothing can reach them", "add wireguard or mycelium to network.provision");
        }
        else if (settings.InterNode == NetworkKind.Mycelium.ManifestName() && !network.Has(NetworkKind.Mycelium))
        {
            yield return new(
                "network.inter_node is mycelium, which is not provisioned",
                "add mycelium to network.provision, or use network.inter_node: wireguard",
                GatewayOptions.InterNode);
        }
    }

    private static IEnumerable<PatternProblem> Nodes(GatewaySettings settings, PatternOptions options)
    {
        int gateways = options.Integers(GatewayOptions.Nodes(Role.Gateway)).Count;
        if (gateways > 1)
        {
            yield return new(
                $"nodes.gateway names {gateways} nodes, but there is only one gateway",
                "name one node",
                GatewayOptions.Nodes(Role.Gateway));
        }

        int backends = options.Integers(GatewayOptions.Nodes(Role.Backend)).Count;
        if (backends > settings.BackendCount)
        {
            yield return new(
                $"nodes.backend names {backends} nodes for {settings.BackendCount} backends",
                "name fewer nodes, or raise backend.count",
                GatewayOptions.Nodes(Role.Backend));
        }
    }
}
