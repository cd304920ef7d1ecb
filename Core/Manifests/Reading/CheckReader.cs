using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>status</c> and <c>logging</c>; apps write each of them in two shapes.</summary>
internal static partial class CheckReader
{
    private static readonly string[] Methods = ["systemd", "http"];

    public static IReadOnlyList<AppCheck> Checks(LocatedMap root, TreeReader reader)
    {
        LocatedMap? status = reader.Map(root, "status");
        if (status is null)
        {
            return [];
        }

        var checks = new List<AppCheck?> { Single(status, reader) };
        foreach (LocatedNode item in reader.Items(status, "endpoints"))
        {
            checks.Add(item switch
            {
                LocatedMap map => Http(map, "path", reader),
                LocatedScalar path => Http(path, port: null, status: 200, reader),
                _ => Invalid(item, "an endpoint", reader),
            });
        }

        return [.. checks.OfType<AppCheck>()];
    }

    public static AppLogs? Logs(LocatedMap root, TreeReader reader)
    {
        LocatedMap? logging = reader.Map(root, "logging");
        string? service = Unit(reader.Scalar(logging, "service"), reader);
        string? location = reader.Text(logging, "location");
        return service is null && location is null ? null : new AppLogs(service, location);
    }

    private static AppCheck? Single(LocatedMap status, TreeReader reader)
    {
        LocatedScalar? method = reader.Scalar(status, "method");
        switch (method?.Text)
        {
            case "systemd" or null when reader.Scalar(status, "service") is LocatedScalar service:
                return Unit(service, reader) is string unit ? new AppServiceCheck(unit, service.Location) : null;
            case "systemd":
                return Invalid(method, "a systemd unit in 'service'", reader);
            case "http":
            case null when status.Entry("endpoint") is not null:
                return Http(status, status.Entry("endpoint") is null ? "path" : "endpoint", reader);
            case null:
                return null;
            default:
                reader.Warning(
                    ManifestCodes.CheckIgnored, $"status.method {method.Kind} is not known, so nothing is checked.",
                    $"{Meant.Of(method.Text, Methods)}Use systemd or http.", method.Location);
                return null;
        }
    }

    private static AppHttpCheck? Http(LocatedMap map, string key, TreeReader reader)
    {
        int? own = Port(map, reader);
        int status = reader.Integer(map, "expected_status") ?? 200;
        if (status is < 100 or > 599)
        {
            reader.Error(
                ManifestCodes.CheckInvalid, $"{status} is not an HTTP status.", "Use 100 to 599, usually 200.",
                map.Entry("expected_status")?.Value.Location ?? map.Location);
            return null;
        }

        return reader.Scalar(map, key) is LocatedScalar path
            ? Http(path, own, status, reader)
            : new AppHttpCheck(own, "/", status, map.Location);
    }

    // An endpoint is a path or a URL; a URL's host is ignored, the app's own host is used.
    private static AppHttpCheck? Http(LocatedScalar endpoint, int? port, int status, TreeReader reader)
    {
        Match match = EndpointPattern().Match(endpoint.Text.Trim());
        string ownPort = match.Groups["port"].Value;
        int? number = ownPort.Length > 0 ? PortReader.Number(ownPort) : port;
        if (!match.Success || (ownPort.Length > 0 && number is null))
        {
            Invalid(endpoint, "an endpoint", reader);
            return null;
        }

        string path = match.Groups["path"].Value;
        return new AppHttpCheck(number, path.StartsWith('/') ? path : "/" + path, status, endpoint.Location);
    }

    private static int? Port(LocatedMap map, TreeReader reader)
    {
        LocatedScalar? port = reader.Scalar(map, "port");
        int? number = PortReader.Number(port?.Text ?? "");
        if (port is not null && number is null)
        {
            Invalid(port, "a port from 1 to 65535", reader);
        }

        return number;
    }

    private static string? Unit(LocatedScalar? service, TreeReader reader)
    {
        if (service is null || UnitPattern().IsMatch(service.Text))
        {
            return service?.Text;
        }

        Invalid(service, "the name of a systemd unit", reader);
        return null;
    }

    private static AppCheck? Invalid(LocatedNode node, string expected, TreeReader reader)
    {
        reader.Error(
            ManifestCodes.CheckInvalid, $"{node.Kind} is not a valid check: {expected} is needed.",
            "Write 'method: systemd' with 'service: NAME', or 'endpoints' with 'path: "
                + "/health' and 'expected_status: 200'.", node.Location);
        return null;
    }

    [GeneratedRegex(@"^(http://[A-Za-z0-9.\[\]-]*)?(:(?<port>[0-9]{1,9}))?(?<path>(/|(?!.*://)[A-Za-z0-9._-])[^\s\p{C}]*)?\z")]
    private static partial Regex EndpointPattern();

    // systemd.unit(5): letters, digits and :-_.\ with @ for instances.
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9:_.\\@-]{0,254}\z")]
    private static partial Regex UnitPattern();
}
