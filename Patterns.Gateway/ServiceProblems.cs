using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>What is wrong with the services, each on its own and compared with the others.</summary>
internal static partial class ServiceProblems
{
    private const string AcmePath = "/.well-known/acme-challenge/";

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,29}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"\A/([A-Za-z0-9._~+@:-]+(/[A-Za-z0-9._~+@:-]+)*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path { get; }

    [GeneratedRegex(@"\A/[A-Za-z0-9._~%+@:/?=&-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathAndQuery { get; }

    private static PatternProblem Nothing => new(
        "there is nothing to serve",
        "add services: `backend: {services: [{name: web, port: 8080}]}`, or list the app's ports: `resources: {ports: [\"8080:http\"]}`");

    public static IReadOnlyList<PatternProblem> Of(GatewaySettings settings) =>
    [
        .. settings.Services.Count == 0 ? [Nothing] : Array.Empty<PatternProblem>(),
        .. settings.Services.SelectMany(
            (service, index) => Own(settings, service).Select(problem => problem with { Option = At(index) })),
        .. Reserved(settings),
        .. Duplicates(
            settings,
            service => service.Name.Length > 0 ? $"the name {service.Name.ToLowerInvariant()}" : null,
            "give each service its own name"),
        .. Duplicates(
            settings,
            service => settings.PublicPort(service) is { } port ? $"the public port {port}" : null,
            "set another port with `listen`"),
        .. Duplicates(
            settings,
            service => settings.PublicPort(service) is null && service.Name.Length > 0
                ? $"the path {service.Path} on {service.Host ?? "any host"}"
                : null,
            "give one of them another `path` or `host`"),
    ];

    private static string At(int index) => $"{GatewayOptions.Services}[{index}]";

    private static IEnumerable<PatternProblem> Own(GatewaySettings settings, Service service) =>
        new[]
        {
            NameProblem(service),
            service.Port == 0
                ? new($"the service '{service.Name}' has no port", "add the port that the app listens on: `port: 8080`")
                : null,
            PathProblem(service),
            settings.IsProxy && $"{service.Path}/".StartsWith(AcmePath, StringComparison.Ordinal)
                ? new($"{AcmePath} is reserved for certificate authorities", "give the service another `path`")
                : null,
            HostProblem(settings, service),
            UselessKey(settings, service),
        }.OfType<PatternProblem>();

    private static PatternProblem? NameProblem(Service service) => Name.IsMatch(service.Name) ? null : new(
        service.Name.Length == 0 ? "the service has no name" : $"'{service.Name}' is not a valid service name",
        "use 1 to 30 letters, digits, dashes and underscores, and start with a letter");

    private static PatternProblem? PathProblem(Service service)
    {
        string? wrong = !Path.IsMatch(service.Path) ? service.Path
            : service.HealthCheck is { } check && !PathAndQuery.IsMatch(check) ? check
            : null;
        return wrong is null
            ? null
            : new($"'{wrong}' is not a valid path", "start it with / and use only letters, digits and . _ ~ + @ : -, without //");
    }

    private static PatternProblem? HostProblem(GatewaySettings settings, Service service) => service.Host switch
    {
        null => null,
        { } host when !SettingsProblems.IsDomain(host) => new(
            $"'{host}' is not a host name", "write a name such as api.example.org"),
        { } host when settings.Ssl && !settings.Domains.Contains(host) => new(
            $"{host}, the host of the service '{service.Name}', would have no certificate", "add it to gateway.domains"),
        _ => null,
    };

    // A key without effect is an error, because its author expects an effect.
    private static PatternProblem? UselessKey(GatewaySettings settings, Service service)
    {
        bool isRouted = service.IsHttp && settings.IsProxy;
        (string Key, bool IsUseless)[] keys =
        [
            (ServiceFields.Listen, isRouted && service.Listen is not null),
            (ServiceFields.Path, !isRouted && service.Path != "/"),
            (ServiceFields.Host, !isRouted && service.Host is not null),
            (ServiceFields.Sticky, !isRouted && service.Sticky),
            (ServiceFields.HealthCheck, !service.IsHttp && service.HealthCheck is not null),
            (ServiceFields.ProxyProtocol, (service.IsHttp || !settings.IsProxy) && service.ProxyProtocol),
        ];
        if (keys.FirstOrDefault(key => key.IsUseless).Key is not { } useless)
        {
            return null;
        }

        string advice = useless == ServiceFields.Sticky && !settings.IsProxy
            ? "; `gateway.balance: source` keeps a client on its backend"
            : "";
        return new(
            $"`{useless}` has no effect on the service '{service.Name}', which {Kind(settings, service)}",
            $"remove `{useless}`{advice}");
    }

    private static string Kind(GatewaySettings settings, Service service) =>
        !settings.IsProxy ? "is forwarded in mode 'nat'"
        : service.IsHttp ? "is of type http and shares ports 80 and 443" : "is of type tcp";

    private static IEnumerable<PatternProblem> Reserved(GatewaySettings settings)
    {
        Dictionary<int, string> reserved = new() { [GatewaySettings.Ssh] = "SSH" };
        if (settings.IsProxy)
        {
            reserved[GatewaySettings.HttpPort] = "HTTP";
            reserved[GatewaySettings.HttpsPort] = "HTTPS";
            reserved[GatewaySettings.StatusPort] = "the status page";
            reserved[GatewaySettings.AcmePort] = "certificate challenges";
        }

        return settings.Services.Select((service, index) => (service, index, port: settings.PublicPort(service)))
            .Where(item => item.port is { } port && reserved.ContainsKey(port))
            .Select(item => new PatternProblem(
                $"the service '{item.service.Name}' uses the gateway's port {item.port}, "
                    + $"which is reserved for {reserved[item.port ?? 0]}",
                "set another public port with `listen`; an http service needs none",
                At(item.index)));
    }

    private static IEnumerable<PatternProblem> Duplicates(
        GatewaySettings settings, Func<Service, string?> key, string remedy) => settings.Services
        .Select((service, index) => (service, index, key: key(service)))
        .Where(item => item.key is not null)
        .GroupBy(item => item.key, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => new PatternProblem(
            $"{group.Key} is used by {string.Join(" and ", group.Select(item => $"'{item.service.Name}'"))}",
            remedy,
            At(group.Last().index)));
}
