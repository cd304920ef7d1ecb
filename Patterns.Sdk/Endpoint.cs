namespace TfgridCompose.Patterns.Sdk;

/// <summary>An address or URL for people and scripts.</summary>
/// <param name="Name">Short: <c>http</c>, <c>ssh</c>.</param>
/// <param name="Url">A URL with its scheme.</param>
public sealed record Endpoint(string Name, string Url)
{
    /// <summary>The endpoint of a port: its name is the scheme where it is http or https, else <c>tcp</c>.</summary>
    /// <param name="port">The port.</param>
    /// <param name="address">IPv4 or IPv6 address.</param>
    public static Endpoint For(PortSpec port, string address)
    {
        string scheme = port.Name is "http" or "https" or "ssh" ? port.Name : "tcp";
        string host = address.Contains(':') ? $"[{address}]" : address;
        string authority = scheme == "ssh" ? $"root@{host}" : host;
        bool standard = (scheme, port.Number) is ("http", 80) or ("https", 443) or ("ssh", 22);
        return new(port.Name.Length > 0 ? port.Name : "tcp", standard ? $"{scheme}://{authority}" : $"{scheme}://{authority}:{port.Number}");
    }
}
