using System.Globalization;
using System.Net;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>A section of a WireGuard configuration: the known keys that are needed, each with a checked value.</summary>
internal sealed class WireguardSection
{
    private const string Interface = "[Interface]";
    private const string Peer = "[Peer]";
    private const int KeyBytes = 32;
    private const int HighestPort = 65535;
    private const int LongestHost = 253;

    // In the order of output.
    private static readonly string[] OfInterface = ["Address", "PrivateKey", "ListenPort", "MTU"];
    private static readonly string[] OfPeer = ["PublicKey", "PresharedKey", "AllowedIPs", "PersistentKeepalive", "Endpoint"];
    private static readonly string[] Needed = ["Address", "PrivateKey", "PublicKey", "AllowedIPs", "Endpoint"];

    // The grid's addresses for users outside of it (RFC 6598).
    private static readonly IPNetwork Access = IPNetwork.Parse("100.64.0.0/10");

    private readonly string _head;
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private WireguardSection(string head) => _head = head;

    /// <summary>The section's lines in the output.</summary>
    public IEnumerable<string> Lines =>
        [_head, .. Keys.Where(_values.ContainsKey).Select(key => $"{key} = {_values[key]}")];

    private string[] Keys => _head == Interface ? OfInterface : OfPeer;

    /// <summary>The sections, or what is wrong with them. A problem never shows values, because some are secret.</summary>
    public static (IReadOnlyList<WireguardSection> Sections, string? Problem) Read(string text, string ipRange)
    {
        var sections = new List<WireguardSection>();
        foreach (string line in text.Split('\n').Select(WithoutComment).Where(line => line.Length > 0))
        {
            if (line.Any(char.IsControl))
            {
                return ([], "it contains a control character");
            }

            if (line.StartsWith('['))
            {
                if (HeadOf(line) is not { } head)
                {
                    return ([], "it has a section that is neither Interface nor Peer");
                }

                sections.Add(new WireguardSection(head));
            }
            else if (sections is not [.., var section])
            {
                return ([], "it has a line before its first section");
            }
            else if (section.Take(line, ipRange) is { } problem)
            {
                return ([], problem);
            }
        }

        return (sections, LackOf(sections));
    }

    private static string WithoutComment(string line) => line.Split('#', 2)[0].Replace('\t', ' ').Trim();

    private static string? HeadOf(string line) =>
        new[] { Interface, Peer }.FirstOrDefault(head => head.Equals(line, StringComparison.OrdinalIgnoreCase));

    private static string? LackOf(List<WireguardSection> sections) =>
        sections.Count(section => section._head == Interface) != 1 ? "it needs one section Interface"
        : sections.All(section => section._head != Peer) ? "it needs a section Peer"
        : sections.SelectMany(section => section.Keys.Where(key => Needed.Contains(key) && !section._values.ContainsKey(key)))
            .FirstOrDefault() is { } lacking ? $"it needs {lacking}"
        : null;

    // Returns what is wrong with the line, or null. Lines that are not needed are ignored.
    private string? Take(string line, string ipRange)
    {
        string[] parts = line.Split('=', 2);
        string? key = Array.Find(Keys, known => known.Equals(parts[0].Trim(), StringComparison.OrdinalIgnoreCase));
        if (key is null)
        {
            return null;
        }

        if (parts.Length < 2 || Value(key, parts[1].Trim(), ipRange) is not { } value)
        {
            return $"its {key} is not valid";
        }

        // A list may have several lines.
        return _values.TryAdd(key, value) || key is "AllowedIPs" or "Address" ? null : $"it has {key} twice in a section";
    }

    private static string? Value(string key, string text, string ipRange) => key switch
    {
        "Address" => Address(text, ipRange),
        "AllowedIPs" => text.Split(',').All(each => IPNetwork.TryParse(Prefixed(each.Trim()), out _)) ? ipRange : null,
        "Endpoint" => Endpoint(text),
        "ListenPort" => Number(text, 0, HighestPort),
        "MTU" => Number(text, 576, 9000),
        "PersistentKeepalive" => text.Equals("off", StringComparison.OrdinalIgnoreCase) ? "off" : Number(text, 0, HighestPort),
        _ => Key(text),
    };

    private static string Prefixed(string address) =>
        address.Contains('/', StringComparison.Ordinal) ? address
        : address.Contains(':', StringComparison.Ordinal) ? $"{address}/128"
        : $"{address}/32";

    // The first address that is the grid's, as a /32: a wider prefix would route other addresses into the tunnel.
    private static string? Address(string text, string ipRange) =>
        text.Split(',').Select(each => AddressOf(each.Trim(), ipRange)).OfType<string>().FirstOrDefault();

    private static string? AddressOf(string text, string ipRange) =>
        text.Split('/') is [var host, .. { Length: <= 1 } prefix]
            && (prefix.Length == 0 || Number(prefix[0], 0, 32) is not null)
            && IPAddress.TryParse(host, out IPAddress? address)
            && (Access.Contains(address) || (IPNetwork.TryParse(ipRange, out IPNetwork range) && range.Contains(address)))
            ? $"{address}/32"
            : null;

    private static string? Endpoint(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || Number(text[(colon + 1)..], 1, HighestPort) is not { } port)
        {
            return null;
        }

        string host = text[..colon];

        // The parser also accepts a zone, which may be any text.
        bool isAddress = host.StartsWith('[') && host.EndsWith(']') && !host.Contains('%', StringComparison.Ordinal)
            && IPAddress.TryParse(host[1..^1], out _);
        bool isName = host.Length <= LongestHost && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');
        return isAddress || (isName && host[0] != '-') ? $"{host}:{port}" : null;
    }

    private static string? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    // Encoded again, because base64 may contain spaces.
    private static string? Key(string text)
    {
        Span<byte> key = stackalloc byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text, key, out int length) && length == KeyBytes
            ? Convert.ToBase64String(key[..KeyBytes])
            : null;
    }
}
