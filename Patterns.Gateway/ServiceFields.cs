using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The keys of an item of <c>backend.services</c>.</summary>
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

    private const int MostPort = 65535;

    public static IReadOnlyList<PatternOption> All { get; } =
    [
        new() { Name = Name, Sources = [new(Name)], Description = "Letters, digits, dashes and underscores; unique." },
        new() { Name = Type, Sources = [new(Type)], Default = ServiceType.Http, Allowed = [ServiceType.Http, ServiceType.Tcp], Description = "`http` shares the ports 80 and 443 by path and host, `tcp` has a port of its own." },
        new() { Name = Port, Type = OptionType.Integer, Sources = [new(Port)], Min = 1, Max = MostPort, Description = "The port on the backends." },
        new() { Name = Listen, Type = OptionType.Integer, Sources = [new(Listen)], Min = 1, Max = MostPort, Description = "The public port of a `tcp` service, or of any service in mode `nat`; the same as `port` where nothing is said, 80 for `http`." },
        new() { Name = Path, Sources = [new(Path)], Default = "/", Description = "Requests whose path is this or lies below it; the longest one wins." },
        new() { Name = Host, Sources = [new(Host)], Description = "Requests for this name only." },
        new() { Name = HealthCheck, Sources = [new(HealthCheck)], Description = "A path that answers 2xx or 3xx where the backend is well; without it a connection is enough." },
        new() { Name = Sticky, Type = OptionType.Boolean, Sources = [new(Sticky)], Default = "false", Description = "Keeps a browser on its backend by a cookie." },
        new() { Name = ProxyProtocol, Type = OptionType.Boolean, Sources = [new(ProxyProtocol)], Default = "false", Description = "Tells a `tcp` backend the client's address by the PROXY protocol, version 1; the app must understand it." },
    ];
}
