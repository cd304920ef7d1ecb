using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The keys of an item in <c>backend.services</c>.</summary>
internal static class ServiceFields
{
    public const string Name = "name";
    public const string Type = "type";
    public const string Port = "port";
    public const string Listen = "listen";
    public const string Path = "path";
    public const string Host = "host";
    public const string HealthCheck = "health_check";
    public const string Sticky = "sticky";
    public const string ProxyProtocol = "proxy_protocol";

    private const int MaxPort = 65535;

    public static IReadOnlyList<PatternOption> All { get; } =
    [
        new() { Name = Name, Sources = [new(Name)], Description = "Letters, digits, dashes and underscores; unique." },
        new()
        {
            Name = Type,
            Sources = [new(Type)],
            Default = ServiceType.Http,
            Allowed = [ServiceType.Http, ServiceType.Tcp],
            Description = "`http` services share ports 80 and 443 by path and host; a `tcp` service has its own port.",
        },
        new()
        {
            Name = Port,
            Type = OptionType.Integer,
            Sources = [new(Port)],
            Min = 1,
            Max = MaxPort,
            Description = "The port on the backends.",
        },
        new()
        {
            Name = Listen,
            Type = OptionType.Integer,
            Sources = [new(Listen)],
            Min = 1,
            Max = MaxPort,
            Description = "The public port of a `tcp` service, or of any service in mode `nat`; by default `port`, or 80 for `http`.",
        },
        new()
        {
            Name = Path,
            Sources = [new(Path)],
            Default = "/",
            Description = "Takes requests for this path and those below it; the longest path wins.",
        },
        new() { Name = Host, Sources = [new(Host)], Description = "Takes requests for this host name only." },
        new()
        {
            Name = HealthCheck,
            Sources = [new(HealthCheck)],
            Description = "A path that answers 2xx or 3xx if the backend is healthy; by default a connection is enough.",
        },
        new()
        {
            Name = Sticky,
            Type = OptionType.Boolean,
            Sources = [new(Sticky)],
            Default = "false",
            Description = "Keeps a browser on the same backend with a cookie.",
        },
        new()
        {
            Name = ProxyProtocol,
            Type = OptionType.Boolean,
            Sources = [new(ProxyProtocol)],
            Default = "false",
            Description = "Sends a `tcp` backend the client's address with the PROXY protocol (version 1).",
        },
    ];
}
