using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The manifest keys of the pattern: at the top level, or below <c>config</c>. Ranges of machines are those of the grid provider's schema.</summary>
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

    private const int MostBackends = 100;

    // A step of a rollout may take ten minutes, and the drain is a part of it.
    private const int LongestDrain = 480;

    public static IReadOnlyList<PatternOption> All { get; } =
    [
        Text(Mode, "gateway.mode", "proxy", [GatewayMode.Proxy, GatewayMode.Nat], "What the gateway does: `proxy` ends connections and balances them, `nat` forwards ports."),
        Text(Proxy, "gateway.proxy", "haproxy", [ProxyProgram.Haproxy, ProxyProgram.Nginx], "The proxy of mode `proxy`."),
        new() { Name = Domains, Type = OptionType.TextList, Sources = [.. Places("gateway.domains"), .. Places("gateway.domain")], Description = "The site's names, for certificates and URLs." },
        Flag(Ssl, "gateway.ssl.enabled", "Gets a certificate for each domain, renews it, and sends HTTP to HTTPS."),
        Text(SslEmail, "gateway.ssl.email", null, [], "Where the certificate authority writes to; required with `ssl`. You accept its terms."),
        Flag(SslStaging, "gateway.ssl.staging", "Uses Let's Encrypt's staging directory, whose certificates browsers do not trust."),
        Text(AcmeDirectory, "gateway.ssl.acme_directory", null, [], "URL of another ACME directory than Let's Encrypt's."),
        Text(AcmeCa, "gateway.ssl.acme_ca", null, [], "Certificates (PEM) that the gateway trusts when it talks to `acme_directory`."),
        Text(Balance, "gateway.balance", "roundrobin", [Balancing.RoundRobin, Balancing.LeastConnections, Balancing.Source], "How requests are shared out: in turn, to the backend with the fewest connections, or by the client's address."),
        new() { Name = Count, Type = OptionType.Integer, Sources = Places("backend.count"), Description = "How many backends.", Default = "2", Min = 1, Max = MostBackends },
        new()
        {
            Name = Services,
            Type = OptionType.ObjectList,
            Sources = Places("backend.services"),
            Description = "What the backends serve; without it, the manifest's `resources.ports`.",
            Fields = ServiceFields.All,
        },
        new()
        {
            Name = DrainTimeout,
            Type = OptionType.Integer,
            Sources = Places("gateway.drain_timeout"),
            Description = "Seconds that a backend's running requests get before it is changed or removed.",
            Default = "30",
            Min = 0,
            Max = LongestDrain,
        },
        Text(InterNode, "network.inter_node", "wireguard", ["wireguard", "mycelium"], "How the gateway reaches the backends."),
        new() { Name = Packages, Type = OptionType.TextList, Sources = [.. Places("backend.packages"), new("config.packages")], Description = "Distribution packages installed on the backends before the app's hooks run." },
        .. Machine("gateway", "the gateway", cpu: "1", memory: "1024", disk: "10GB", node: "Id of the grid node of the gateway; left out, one with a free public IPv4 address is chosen."),
        .. Machine("backend", "each backend", cpu: "1", memory: "2048", disk: "20GB", node: "Ids of grid nodes for the backends, in their order; those without one go to fitting nodes."),
    ];

    public static string Cpu(string role) => $"{role}_cpu";

    public static string Memory(string role) => $"{role}_memory";

    public static string Disk(string role) => $"{role}_disk";

    public static string Nodes(string role) => $"{role}_nodes";

    private static IReadOnlyList<OptionSource> Places(string path) => [new(path), new($"config.{path}")];

    private static PatternOption Text(string name, string path, string? fallback, IReadOnlyList<string> allowed, string description) =>
        new() { Name = name, Sources = Places(path), Default = fallback, Allowed = allowed, Description = description };

    private static PatternOption Flag(string name, string path, string description) =>
        new() { Name = name, Type = OptionType.Boolean, Sources = Places(path), Default = "false", Description = description };

    private static IEnumerable<PatternOption> Machine(string role, string whose, string cpu, string memory, string disk, string node) =>
    [
        new()
        {
            Name = Cpu(role),
            Type = OptionType.Integer,
            Sources = [new($"resources.{role}.cpu"), new($"config.{role}.cpu")],
            Description = $"Virtual CPUs of {whose}.",
            Default = cpu,
            Min = 1,
            Max = 32,
        },
        new()
        {
            Name = Memory(role),
            Type = OptionType.Size,
            Sources = [new($"resources.{role}.memory"), new($"config.{role}.memory")],
            Description = $"Memory of {whose}.",
            Default = memory,
            Min = 256,
            Max = 256 * 1024,
        },
        new()
        {
            Name = Disk(role),
            Type = OptionType.Size,
            Sources = [new($"resources.{role}.disk", SizeUnit.GB), new($"config.{role}.disk")],
            Description = $"Root file system of {whose}.",
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
