using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The options as types. <see cref="SettingsProblems"/> checks them.</summary>
internal sealed record GatewaySettings
{
    /// <summary>Public ports of the proxy's HTTP side.</summary>
    public const int HttpPort = 80;
    public const int HttpsPort = 443;

    public const int Ssh = 22;

    /// <summary>The port of the proxy's status page, on the gateway's private address only.</summary>
    public const int StatusPort = 8404;

    /// <summary>The port on which certbot answers the authority, on loopback only; the proxy forwards to it.</summary>
    public const int AcmePort = 8402;

    public required string Mode { get; init; }

    public required string Proxy { get; init; }

    public required string Balance { get; init; }

    public required string InterNode { get; init; }

    public required int BackendCount { get; init; }

    /// <summary>Seconds.</summary>
    public required int DrainTimeout { get; init; }

    public required IReadOnlyList<Service> Services { get; init; }

    public IReadOnlyList<string> Domains { get; init; } = [];

    public bool Ssl { get; init; }

    public bool SslStaging { get; init; }

    public string? SslEmail { get; init; }

    public string? AcmeDirectory { get; init; }

    public string? AcmeCa { get; init; }

    public IReadOnlyList<string> Packages { get; init; } = [];

    public bool IsProxy => Mode == GatewayMode.Proxy;

    public static GatewaySettings Of(PatternOptions options, IReadOnlyList<PortSpec> ports) => new()
    {
        Mode = options.Text(GatewayOptions.Mode),
        Proxy = options.Text(GatewayOptions.Proxy),
        Balance = options.Text(GatewayOptions.Balance),
        InterNode = options.Text(GatewayOptions.InterNode),
        BackendCount = (int)options.Integer(GatewayOptions.Count),
        DrainTimeout = (int)options.Integer(GatewayOptions.DrainTimeout),
        Services = options.Has(GatewayOptions.Services)
            ? [.. options.Objects(GatewayOptions.Services).Select(Service.Of)]
            : Service.Of(ports),
        Domains =
        [
            .. options.Texts(GatewayOptions.Domains).Select(domain => domain.ToLowerInvariant().TrimEnd('.')).Distinct(),
        ],
        Ssl = options.Flag(GatewayOptions.Ssl),
        SslStaging = options.Flag(GatewayOptions.SslStaging),
        SslEmail = TextOf(options, GatewayOptions.SslEmail),
        AcmeDirectory = TextOf(options, GatewayOptions.AcmeDirectory),
        AcmeCa = TextOf(options, GatewayOptions.AcmeCa),
        Packages = options.Texts(GatewayOptions.Packages),
    };

    /// <summary>The public port of a service; null if it shares the proxy's HTTP ports.</summary>
    public int? PublicPort(Service service) => (IsProxy, service.IsHttp) switch
    {
        (true, true) => null,
        (false, true) => service.Listen ?? HttpPort,
        _ => service.Listen ?? service.Port,
    };

    /// <summary>The TCP ports that the gateway opens to everybody.</summary>
    public IReadOnlyList<int> OpenPorts() =>
    [
        .. Services.Select(PublicPort).OfType<int>()
            .Concat(IsProxy ? [Ssh, HttpPort, HttpsPort] : [Ssh])
            .Distinct()
            .Order(),
    ];

    private static string? TextOf(PatternOptions options, string name) =>
        options.Has(name) && options.Text(name) is { Length: > 0 } text ? text : null;
}
