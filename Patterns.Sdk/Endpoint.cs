namespace TfgridCompose.Patterns.Sdk;

/// <summary>An address for people and scripts.</summary>
/// <param name="Name">A short name, for example <c>http</c> or <c>postgres</c>.</param>
/// <param name="Url">A URL with its scheme, for example <c>tcp://10.42.2.2:5432</c>.</param>
public sealed record Endpoint(string Name, string Url)
{
    /// <summary>
    /// The endpoint of a port. Its name is the port's, or <c>tcp</c> if the port has none. The scheme is the port's
    /// name if that is <c>http</c>, <c>https</c> or <c>ssh</c>, and <c>tcp</c> otherwise. SSH URLs log in as root; a
    /// scheme's standard port is left out.
    /// </summary>
    /// <param name="port">The port.</param>
    /// <param name="address">An IPv4 or IPv6 address, or a host name.</param>
    public static Endpoint For(PortSpec port, string address)
    {
        string scheme = port.Name is "http" or "https" or "ssh" ? port.Name : "tcp";
        string host = address.Contains(':') ? $"[{address}]" : address;
        string authority = scheme == "ssh" ? $"root@{host}" : host;
        bool standard = (scheme, port.Number) is ("http", 80) or ("https", 443) or ("ssh", 22);
        return new(
            port.Name.Length > 0 ? port.Name : "tcp",
            standard ? $"{scheme}://{authority}" : $"{scheme}://{authority}:{port.Number}");
    }
}
