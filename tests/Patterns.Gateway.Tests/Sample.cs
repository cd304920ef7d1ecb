using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>Requests as Core makes them: declared defaults, and a test's own values.</summary>
internal static class Sample
{
    public static PatternOptions Options(params (string Name, object Value)[] given)
    {
        Dictionary<string, object> values = Defaults(GatewayOptions.All);
        values[GatewayOptions.Services] = Services(Service(("name", "web"), ("port", 8080L)));
        foreach ((string name, object value) in given)
        {
            values[name] = value;
        }

        return new PatternOptions(values);
    }

    public static IReadOnlyList<PatternOptions> Services(params PatternOptions[] services) => services;

    public static PatternOptions Service(params (string Name, object Value)[] given)
    {
        Dictionary<string, object> values = Defaults(ServiceFields.All);
        foreach ((string name, object value) in given)
        {
            values[name] = value;
        }

        return new PatternOptions(values);
    }

    public static NetworkRequest Network(params NetworkKind[] inOrder) =>
        new() { Provision = inOrder, Prefer = inOrder };

    public static Topology Topology(PatternOptions options, NetworkRequest? network = null, params PortSpec[] ports) =>
        new GatewayPattern().Topology(
            new TopologyRequest { AppName = "shop", Options = options, Network = network ?? new(), Ports = ports });

    public static DeploymentFacts Deployed(
        PatternOptions options, int backends = 2, NetworkRequest? network = null) => new()
        {
            DeploymentId = "abc123xyz",
            AppName = "shop",
            Options = options,
            Network = network ?? new(),
            Hosts =
        [
            Host(
                "gateway",
                Role.Gateway,
                new(NetworkKind.PublicIpv4, "203.0.113.5"),
                new(NetworkKind.Wireguard, "10.42.2.2"),
                new(NetworkKind.Mycelium, "502:1::5")),
            .. Enumerable.Range(1, backends)
                .Select(
                    i => Host(
                        $"backend{i}",
                        Role.Backend,
                        new(NetworkKind.Wireguard, $"10.42.{i + 2}.2"),
                        new(NetworkKind.Mycelium, $"502:{i + 1}::5"))),
        ],
        };

    public static IReadOnlyList<string> Problems(params (string Name, object Value)[] given) =>
        [.. Topology(Options(given)).Problems.Select(problem => problem.Message)];

    private static HostFacts Host(string name, string role, params HostAddress[] addresses) =>
        new() { Name = name, Role = role, NodeId = 8, Addresses = addresses };

    private static Dictionary<string, object> Defaults(IEnumerable<PatternOption> options) => options
        .Where(option => option.Default is not null)
        .ToDictionary(option => option.Name, option => option.Type switch
        {
            OptionType.Integer => (object)long.Parse(
                option.Default!, System.Globalization.CultureInfo.InvariantCulture),
            OptionType.Size => option.Default!.EndsWith("GB", StringComparison.Ordinal)
                ? long.Parse(option.Default[..^2], System.Globalization.CultureInfo.InvariantCulture) * 1024
                : long.Parse(option.Default, System.Globalization.CultureInfo.InvariantCulture),
            OptionType.Boolean => bool.Parse(option.Default!),
            _ => option.Default!,
        });
}
