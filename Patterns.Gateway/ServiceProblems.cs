using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>What is wrong with the services, each by itself and beside the others.</summary>
internal static class ServiceProblems
{
    private const string AcmePath = "/.well-known/acme-challenge/";

    // Not generated: that code would be a good part of what every listing of plugins reads.
    private static readonly Regex Name = new(@"\A[A-Za-z][A-Za-z0-9_-]{0,29}\z", RegexOptions.CultureInvariant);
    private static readonly Regex Path = new(@"\A/([A-Za-z0-9._~+@:-]+(/[A-Za-z0-9._~+@:-]+)*)?\z", RegexOptions.CultureInvariant);
    private static readonly Regex PathAndQuery = new(@"\A/[A-Za-z0-9._~%+@:/?=&-]*\z", RegexOptions.CultureInvariant);

    public static IReadOnlyList<PatternProblem> Of(GatewaySettings settings) =>
    [
        .. settings.Services.Count == 0 ? [Nothing] : Array.Empty<PatternProblem>(),
        .. settings.Services.SelectMany((service, index) => Own(settings, service).Select(problem => problem with { Option = At(index) })),
        .. Reserved(settings),
        .. Twice(settings, service => service.Name.Length > 0 ? $"the name {service.Name.ToLowerInvariant()}" : null, "give each service a name of its own"),
        .. Twice(settings, service => settings.PublicPort(service) is { } port ? $"the public port {port}" : null, "set another port with `listen`"),
        .. Twice(settings, service => settings.PublicPort(service) is null && service.Name.Length > 0 ? $"requests for {service.Host ?? "any host"}{service.Path}" : null, "give one of them another `path` or `host`"),
    ];

    private static PatternProblem Nothing => new(
        "there is nothing to serve",
        "say what the backends serve: `backend: {services: [{name: web, port: 8080}]}`, or list the app's ports in resources.ports: [\"8080:http\"]");

    private static string At(int index) => $"{GatewayOptions.Services}[{index}]";

    private static IEnumerable<PatternProblem> Own(GatewaySettings settings, Service service)
    {
        if (!Name.IsMatch(service.Name))
        {
            yield return new(service.Name.Length == 0 ? "the service has no name" : $"'{service.Name}' is no name for a service", "give it 1 to 30 letters, digits, dashes and underscores, a letter first");
        }

        if (service.Port == 0)
        {
            yield return new($"the service '{service.Name}' has no port", "add the port that the app listens on: `port: 8080`");
        }

        if (!Path.IsMatch(service.Path) || (service.HealthCheck is { } check && !PathAndQuery.IsMatch(check)))
        {
            yield return new($"'{(Path.IsMatch(service.Path) ? service.HealthCheck : service.Path)}' is no path", "begin it with / and use letters, digits and . _ ~ + @ : - only; no //");
        }

        if (settings.IsProxy && $"{service.Path}/".StartsWith(AcmePath, StringComparison.Ordinal))
        {
            yield return new($"{AcmePath} is where certificate authorities ask", "give the service another `path`");
        }

        if (service.Host is { } host && !SettingsProblems.IsDomain(host))
        {
            yield return new($"'{host}' is no host name", "write a name such as api.example.org");
        }
        else if (settings.Ssl && service.Host is { } name && !settings.Domains.Contains(name))
        {
            yield return new($"there is to be no certificate for {name}, the host of the service '{service.Name}'", "add it to gateway.domains");
        }

        if (Useless(settings, service) is { } key)
        {
            string other = key == ServiceFields.Sticky && !settings.IsProxy ? "; `gateway.balance: source` keeps a client on its backend" : "";
            yield return new($"`{key}` has no effect on the service '{service.Name}', which is {Kind(settings, service)}", $"leave `{key}` out{other}");
        }
    }

    // A key without effect is an error here: whoever writes it counts on it.
    private static string? Useless(GatewaySettings settings, Service service) =>
        service.IsHttp && settings.IsProxy ? service.Listen is not null ? ServiceFields.Listen : service.ProxyProtocol ? ServiceFields.ProxyProtocol : null
        : service.Path != "/" ? ServiceFields.Path
        : service.Host is not null ? ServiceFields.Host
        : service.Sticky ? ServiceFields.Sticky
        : service.HealthCheck is not null && !service.IsHttp ? ServiceFields.HealthCheck
        : service.ProxyProtocol && !settings.IsProxy ? ServiceFields.ProxyProtocol
        : null;

    private static string Kind(GatewaySettings settings, Service service) =>
        !settings.IsProxy ? "forwarded by mode 'nat'"
        : service.IsHttp ? "of type http and shares the ports 80 and 443" : "of type tcp";

    private static IEnumerable<PatternProblem> Reserved(GatewaySettings settings)
    {
        Dictionary<int, string> taken = new() { [GatewaySettings.Ssh] = "SSH" };
        if (settings.IsProxy)
        {
            taken[GatewaySettings.HttpPort] = "the proxy's HTTP";
            taken[GatewaySettings.HttpsPort] = "the proxy's HTTPS";
            taken[GatewaySettings.StatusPort] = "the status page";
            taken[GatewaySettings.AcmePort] = "certificates";
        }

        return settings.Services.Select((service, index) => (service, index, port: settings.PublicPort(service)))
            .Where(item => item.port is { } port && taken.ContainsKey(port))
            .Select(item => new PatternProblem(
                $"the service '{item.service.Name}' wants the gateway's port {item.port}, which {taken[item.port ?? 0]} has",
                "set another public port with `listen`; an http service needs none",
                At(item.index)));
    }

    private static IEnumerable<PatternProblem> Twice(GatewaySettings settings, Func<Service, string?> key, string remedy) => settings.Services
        .Select((service, index) => (service, index, key: key(service)))
        .Where(item => item.key is not null)
        .GroupBy(item => item.key, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => new PatternProblem($"{group.Key} is claimed by {string.Join(" and ", group.Select(item => $"'{item.service.Name}'"))}", remedy, At(group.Last().index)));
}
