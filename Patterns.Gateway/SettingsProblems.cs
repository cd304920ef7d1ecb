using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>What the declared types and ranges cannot check of the gateway, its certificates and its machines.</summary>
internal static class SettingsProblems
{
    // Not generated: that code would be a good part of what every listing of plugins reads.
    private static readonly Regex DomainName = new(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.CultureInvariant);
    private static readonly Regex EmailAddress = new(@"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\z", RegexOptions.CultureInvariant);
    // https://www.debian.org/doc/debian-policy/ch-controlfields.html#source, plus apt's ":arch" and "=version".
    private static readonly Regex PackageName = new(@"\A[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?(=[A-Za-z0-9.+~:-]+)?\z", RegexOptions.CultureInvariant);

    public static IReadOnlyList<PatternProblem> Of(GatewaySettings settings, TopologyRequest request) =>
    [
        .. ServiceProblems.Of(settings),
        .. Mode(settings),
        .. settings.Domains.Where(domain => !IsDomain(domain)).Select(domain => new PatternProblem(
            $"'{domain}' is no domain name that a certificate can be got for",
            "write names such as www.example.org: letters, digits and dashes between dots; a name with * needs another kind of challenge than HTTP",
            GatewayOptions.Domains)),
        .. Ssl(settings),
        .. Networks(settings, request.Network),
        .. Nodes(settings, request.Options),
        .. settings.Packages.Where(name => !PackageName.IsMatch(name)).Select(name => new PatternProblem(
            $"'{name}' is no package name", "use names as apt knows them, optionally followed by '=version'", GatewayOptions.Packages)),
    ];

    /// <summary>RFC 1035 and 1123: labels of letters, digits and inner dashes, two at least.</summary>
    public static bool IsDomain(string text) => text.Length <= 253 && DomainName.IsMatch(text);

    private static IEnumerable<PatternProblem> Mode(GatewaySettings settings)
    {
        if (!settings.IsProxy && settings.Balance == Balancing.LeastConnections)
        {
            yield return new("gateway.balance 'leastconn' counts connections, which forwarded packets do not have", "use roundrobin or source, or gateway.mode: proxy", GatewayOptions.Balance);
        }

        if (!settings.IsProxy && settings.Ssl)
        {
            yield return new("gateway.ssl needs a proxy: in mode 'nat' the backends end TLS themselves", "use gateway.mode: proxy, or leave gateway.ssl out", GatewayOptions.Ssl);
        }
    }

    private static IEnumerable<PatternProblem> Ssl(GatewaySettings settings)
    {
        if (!settings.Ssl)
        {
            yield break;
        }

        if (settings.Domains.Count == 0)
        {
            yield return new("gateway.ssl is enabled, and there is no domain to get a certificate for", "add gateway.domains: [www.example.org]", GatewayOptions.Ssl);
        }

        if (settings.SslEmail is null || !EmailAddress.IsMatch(settings.SslEmail))
        {
            yield return new(
                settings.SslEmail is null ? "gateway.ssl is enabled without an email address" : $"'{settings.SslEmail}' is no email address",
                $"{(settings.SslEmail is null ? "add" : "correct")} gateway.ssl.email: the certificate authority writes to it before a certificate ends",
                settings.SslEmail is null ? GatewayOptions.Ssl : GatewayOptions.SslEmail);
        }

        if (settings.AcmeDirectory is { } directory && (!Uri.TryCreate(directory, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttps || !Uri.IsWellFormedUriString(directory, UriKind.Absolute)))
        {
            yield return new($"'{directory}' is no https URL", "write the ACME directory's URL, for example https://acme-v02.api.letsencrypt.org/directory", GatewayOptions.AcmeDirectory);
        }

        if (settings is { AcmeDirectory: not null, SslStaging: true })
        {
            yield return new("gateway.ssl.staging means Let's Encrypt's own staging directory, and gateway.ssl.acme_directory names another", "keep one of them", GatewayOptions.SslStaging);
        }

        if (settings.AcmeCa is { } certificates && !certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            yield return new("gateway.ssl.acme_ca holds no certificate", "paste the PEM text of the authority that signed the ACME server's own certificate", GatewayOptions.AcmeCa);
        }
    }

    private static IEnumerable<PatternProblem> Networks(GatewaySettings settings, NetworkRequest network)
    {
        if (!network.Has(NetworkKind.Wireguard) && !network.Has(NetworkKind.Mycelium))
        {
            yield return new("the backends have no public address, so nothing reaches them", "add wireguard or mycelium to network.provision");
        }
        else if (settings.InterNode == NetworkKind.Mycelium.ManifestName() && !network.Has(NetworkKind.Mycelium))
        {
            yield return new("network.inter_node is mycelium, which is not provisioned", "add mycelium to network.provision, or use network.inter_node: wireguard", GatewayOptions.InterNode);
        }
    }

    private static IEnumerable<PatternProblem> Nodes(GatewaySettings settings, PatternOptions options)
    {
        int gateways = options.Integers(GatewayOptions.Nodes(Role.Gateway)).Count;
        if (gateways > 1)
        {
            yield return new($"nodes.gateway names {gateways} nodes, and there is one gateway", "name one", GatewayOptions.Nodes(Role.Gateway));
        }

        int backends = options.Integers(GatewayOptions.Nodes(Role.Backend)).Count;
        if (backends > settings.BackendCount)
        {
            yield return new($"nodes.backend names {backends} nodes for {settings.BackendCount} backends", "name as many or fewer, or raise backend.count", GatewayOptions.Nodes(Role.Backend));
        }
    }
}
