using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>What the backends serve on one port, and how it is reached from outside.</summary>
internal sealed record Service
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>The port on the backends; 0 if the manifest has none, which is a problem.</summary>
    public required int Port { get; init; }

    /// <summary>The public port; null for the proxy's ports 80 and 443.</summary>
    public int? Listen { get; init; }

    public string Path { get; init; } = "/";

    public string? Host { get; init; }

    public string? HealthCheck { get; init; }

    public bool Sticky { get; init; }

    public bool ProxyProtocol { get; init; }

    public bool IsHttp => Type == ServiceType.Http;

    public static Service Of(PatternOptions item) => new()
    {
        Name = TextOf(item, ServiceFields.Name) ?? "",
        Type = item.Text(ServiceFields.Type),
        Port = (int)(item.IntegerOrNull(ServiceFields.Port) ?? 0),
        Listen = (int?)item.IntegerOrNull(ServiceFields.Listen),
        Path = item.Text(ServiceFields.Path) is { Length: > 1 } path ? path.TrimEnd('/') : "/",
        Host = TextOf(item, ServiceFields.Host)?.ToLowerInvariant(),
        HealthCheck = TextOf(item, ServiceFields.HealthCheck),
        Sticky = item.Flag(ServiceFields.Sticky),
        ProxyProtocol = item.Flag(ServiceFields.ProxyProtocol),
    };

    /// <summary>
    /// The ports of <c>resources.ports</c> as services, so that an app written for another pattern works unchanged.
    /// SSH is left out, and so is https next to http: TLS ends at the gateway.
    /// </summary>
    public static IReadOnlyList<Service> Of(IReadOnlyList<PortSpec> ports)
    {
        bool hasHttp = ports.Any(port => port.Name == ServiceType.Http);
        return
        [
            .. ports.Where(port => port.Number != GatewaySettings.Ssh && !(hasHttp && port.Name == "https"))
                .Select(port => new Service
                {
                    Name = port.Name.Length > 0 && port.Name != ServiceType.Http ? port.Name : $"port{port.Number}",
                    Type = port.Name == ServiceType.Http ? ServiceType.Http : ServiceType.Tcp,
                    Port = port.Number,
                }),
        ];
    }

    private static string? TextOf(PatternOptions item, string name) => item.Has(name) ? item.Text(name) : null;
}
