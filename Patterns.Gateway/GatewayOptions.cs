using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>
/// The pattern's manifest keys, at the top level or under <c>config</c>. Machines have the limits of the grid
/// provider's schema.
/// </summary>
internal static class GatewayOptions
{
    public const string Mode = "mode";
    public const string Proxy = "proxy";
    public const string Domains = "domains";
    public const string Ssl = "ssl";
    public const string SslEmail = "ssl_email";
    public const string SslStaging = "ssl_staging";
    public const string AcmeDirectory = "acme_directory";
    public const string AcmeCa = "acme_ca";
    public const string Balance = "balance";
    public const string Count = "backend_count";
    public const string Services = "services";
    public const string DrainTimeout = "drain_timeout";
    public const string InterNode = "inter_node";
    public const string Packages = "backend_packages";

    private const int MaxBackends = 100;

    // A rollout step may take ten minutes, and the drain is only part of it.
    private const int MaxDrain = 480;

    public static IReadOnlyList<PatternOption> All { get; } =
    [
        Text(
            Mode,
            "gateway.mode",
            "proxy",
            [GatewayMode.Proxy, GatewayMode.Nat],
            "`proxy` terminates connections and balances requests, `nat` forwards ports."),
        Text(
            Proxy,
            "gateway.proxy",
            "haproxy",
            [ProxyProgram.Haproxy, ProxyProgram.Nginx],
            "The program that mode `proxy` uses."),
        new()
        {
            Name = Domains,
            Type = OptionType.TextList,
            Sources = [.. Places("gateway.domains"), .. Places("gateway.domain")],
            Description = "The site's domain names, for certificates and URLs.",
        },
        Flag(Ssl, "gateway.ssl.enabled", "Gets and renews a certificate for each domain, and redirects HTTP to HTTPS."),
        Text(
            SslEmail,
            "gateway.ssl.email",
            null,
            [],
            "Your address for mail from the certificate authority; required with `ssl`. You accept its terms."),
        Flag(SslStaging, "gateway.ssl.staging", "Uses Let's Encrypt's staging directory; browsers do not trust its certificates."),
        Text(AcmeDirectory, "gateway.ssl.acme_directory", null, [], "ACME directory URL to use instead of Let's Encrypt's."),
        Text(
            AcmeCa,
            "gateway.ssl.acme_ca",
            null,
            [],
            "PEM certificates that the gateway trusts when it connects to `acme_directory`."),
        Text(
            Balance,
            "gateway.balance",
            "roundrobin",
            [Balancing.RoundRobin, Balancing.LeastConnections, Balancing.Source],
            "How requests are distributed: in turn, to the fewest connections, or by the client's address."),
        new()
        {
            Name = Count,
            Type = OptionType.Integer,
            Sources = Places("backend.count"),
            Description = "Number of backends.",
            Default = "2",
            Min = 1,
            Max = MaxBackends,
        },
        new()
        {
            Name = Services,
            Type = OptionType.ObjectList,
            Sources = Places("backend.services"),
            Description = "What the backends serve; by default the ports in `resources.ports`.",
            Fields = ServiceFields.All,
        },
        new()
        {
            Name = DrainTimeout,
            Type = OptionType.Integer,
            Sources = Places("gateway.drain_timeout"),
            Description = "Seconds to wait for a backend's running requests before it is changed or removed.",
            Default = "30",
            Min = 0,
            Max = MaxDrain,
        },
        Text(InterNode, "network.inter_node", "wireguard", ["wireguard", "mycelium"], "How the gateway reaches the backends."),
        new()
        {
            Name = Packages,
            Type = OptionType.TextList,
            Sources = [.. Places("backend.packages"), new("config.packages")],
            Description = "Distribution packages to install on the backends before the app's hooks run.",
        },
        .. Machine(
            Role.Gateway,
            "the gateway",
            memory: "1024",
            disk: "10GB",
            "Id of the gateway's grid node; by default one with a free public IPv4 address is chosen."),
        .. Machine(
            Role.Backend,
            "each backend",
            memory: "2048",
            disk: "20GB",
            "Ids of the backends' grid nodes, in order; the other backends get suitable nodes."),
    ];

    public static string Cpu(string role) => $"{role}_cpu";

    public static string Memory(string role) => $"{role}_memory";

    public static string Disk(string role) => $"{role}_disk";

    public static string Nodes(string role) => $"{role}_nodes";

    private static IReadOnlyList<OptionSource> Places(string path) => [new(path), new($"config.{path}")];

    private static PatternOption Text(
        string name, string path, string? fallback, IReadOnlyList<string> allowed, string description) => new()
        {
            Name = name,
            Sources = Places(path),
            Default = fallback,
            Allowed = allowed,
            Description = description,
        };

    private static PatternOption Flag(string name, string path, string description) => new()
    {
        Name = name,
        Type = OptionType.Boolean,
        Sources = Places(path),
        Default = "false",
        Description = description,
    };

    private static IEnumerable<PatternOption> Machine(
        string role, string owner, string memory, string disk, string node) =>
    [
        new()
        {
            Name = Cpu(role),
            Type = OptionType.Integer,
            Sources = [new($"resources.{role}.cpu"), new($"config.{role}.cpu")],
            Description = $"Virtual CPUs of {owner}.",
            Default = "1",
            Min = 1,
            Max = 32,
        },
        new()
        {
            Name = Memory(role),
            Type = OptionType.Size,
            Sources = [new($"resources.{role}.memory"), new($"config.{role}.memory")],
            Description = $"Memory of {owner}.",
            Default = memory,
            Min = 256,
            Max = 256 * 1024,
        },
        new()
        {
            Name = Disk(role),
            Type = OptionType.Size,
            Sources = [new($"resources.{role}.disk", SizeUnit.GB), new($"config.{role}.disk")],
            Description = $"Root file system of {owner}.",
            Default = disk,
            Min = 1024,
            Max = 10 * 1024 * 1024,
        },
        new()
        {
            Name = Nodes(role),
            Type = OptionType.IntegerList,
            Sources = [new($"nodes.{role}"), new($"config.{role}.node"), new($"config.{role}.nodes")],
            Description = node,
            Min = 1,
            Max = int.MaxValue,
        },
    ];
}
