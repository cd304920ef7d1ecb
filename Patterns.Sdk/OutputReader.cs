using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk;

internal sealed record SecondaryIp(string Name, string Role, HostAddress Address);

/// <summary>Reads single outputs and collects all violations of the contract.</summary>
internal sealed class OutputReader(IReadOnlyDictionary<string, JsonElement> outputs, string ipRange)
{
    private const int LongestName = 63;
    private static readonly IPNetwork MyceliumRange = IPNetwork.Parse("400::/7");

    // Addresses that are not routed on the internet (RFC 6890 and the IANA registries): of this computer, of private networks, of one
    // link, of groups. Addresses for documentation are not among them: the local grid has them.
    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("::/96"),
        IPNetwork.Parse("64:ff9b:1::/48"),
        IPNetwork.Parse("100::/64"),
        IPNetwork.Parse("fec0::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    private readonly IPNetwork _range = IPNetwork.Parse(ipRange);
    private readonly List<ContractViolation> _violations = [];

    public IReadOnlyList<ContractViolation> Violations => _violations;

    public string? RequiredText(string name)
    {
        if (!Present(name))
        {
            Violate(name, "is missing", $"add `output \"{name}\"` to infrastructure/outputs.tf");
            return null;
        }

        string? text = OptionalText(name);
        if (text is { Length: 0 })
        {
            Violate(name, "is empty", "give it a value in infrastructure/outputs.tf");
        }

        return text is { Length: > 0 } ? text : null;
    }

    public string? OptionalText(string name) => Present(name) ? TextOf(name, outputs[name]) : null;

    /// <summary>The same for text that becomes a line of a file or a message.</summary>
    public string? OptionalLine(string name) => OptionalText(name) is { } text ? Line(name, text) : null;

    public string? RequiredLine(string name) => RequiredText(name) is { } text ? Line(name, text) : null;

    public string? AddressType(string name) => RequiredText(name) is { } text ? NormalisedType(name, text) : null;

    public HostAddress? Address(string name, string? type)
    {
        string? text = RequiredText(name);
        return text is null ? null : ParseAddress(name, text, type);
    }

    public HostAddress? OptionalAddress(string name, string type) =>
        OptionalText(name) is { Length: > 0 } text ? ParseAddress(name, text, type) : null;

    public IReadOnlyList<int> NodeIds(string name)
    {
        if (!Present(name))
        {
            Violate(
                name,
                "is missing",
                $"add `output \"{name}\" {{ value = [var.node_id] }}` to infrastructure/outputs.tf");
            return [];
        }

        JsonElement value = outputs[name];
        bool integers = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsPositiveInteger);
        if (!integers || value.GetArrayLength() == 0)
        {
            Violate(
                name,
                $"is {value.GetRawText()}, not a non-empty list of node ids",
                "return a list of numbers: `value = [var.node_id]`");
            return [];
        }

        return [.. value.EnumerateArray().Select(item => item.GetInt32())];
    }

    public IReadOnlyList<SecondaryIp> SecondaryIps(string name)
    {
        if (!Present(name))
        {
            return [];
        }

        if (outputs[name].ValueKind != JsonValueKind.Array)
        {
            Violate(name, $"is {outputs[name].GetRawText()}, not a list", "return a list of { name, ip, type, role }");
            return [];
        }

        return
        [
            .. outputs[name].EnumerateArray()
                .Select((item, index) => Secondary($"{name}[{index}]", item))
                .OfType<SecondaryIp>(),
        ];
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        if (!Present(name))
        {
            return new Dictionary<string, string>();
        }

        if (outputs[name].ValueKind != JsonValueKind.Object)
        {
            Violate(name, $"is {outputs[name].GetRawText()}, not a map", "return a map of strings");
            return new Dictionary<string, string>();
        }

        return outputs[name].EnumerateObject()
            .Where(item => Line(name, item.Name) is not null)
            .DistinctBy(item => item.Name)
            .ToDictionary(item => item.Name, item => StringOf(item.Value) ?? item.Value.GetRawText());
    }

    // A line break could add a line of its own to the files that hooks read.
    private string? Line(string name, string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        Violate(name, "contains a line break or another control character", "return one line of text");
        return null;
    }

    private static bool IsPositiveInteger(JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int id) && id > 0;

    private bool Present(string name) =>
        outputs.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    private SecondaryIp? Secondary(string name, JsonElement item)
    {
        if ((Field(item, "name"), Field(item, "ip"), Field(item, "type"), Field(item, "role"))
            is not ({ } host, { } ip, { } given, { } role))
        {
            Violate(name, $"is {item.GetRawText()}", "return entries of { name, ip, type, role }, all of them strings");
            return null;
        }

        // The host's name becomes part of file names.
        if (host.Length is 0 or > LongestName || !host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            || host[0] == '-')
        {
            Violate(name, $"has the name '{PlainOf(host)}'", "use letters, digits and underscores, at most 63");
            return null;
        }

        if (!role.All(IsPlain))
        {
            Violate(name, $"has the role '{PlainOf(role)}'", "return one line of text");
            return null;
        }

        string? type = NormalisedType(name, given);
        HostAddress? address = type is null ? null : ParseAddress(name, ip, type);
        return address is null ? null : new SecondaryIp(host, role, address);
    }

    // Rejects control characters, line separators, and characters that are invisible or change the direction of the text. Words of some
    // languages, and emoji, need two of the latter.
    private static bool IsPlain(char letter) => !char.IsControl(letter)
        && (letter is '\u200c' or '\u200d'
            || char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator));

    private static string PlainOf(string text) => new([.. text.Select(letter => IsPlain(letter) ? letter : '?')]);

    private static string? Field(JsonElement item, string key) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(key, out JsonElement value) ? StringOf(value) : null;

    private static string? StringOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string? TextOf(string name, JsonElement value)
    {
        if (StringOf(value) is { } text)
        {
            return text;
        }

        Violate(name, $"is {value.GetRawText()}, not a string", "return a string");
        return null;
    }

    private string? NormalisedType(string name, string text)
    {
        switch (text)
        {
            case "wireguard" or "public" or "mycelium":
                return text;
            case "ipv4" or "ipv6":
                return "public";
            default:
                Violate(name, $"is '{text}'", "use wireguard, public or mycelium");
                return null;
        }
    }

    private HostAddress? ParseAddress(string name, string text, string? type)
    {
        string bare = text.Split('/')[0];
        if (!IPAddress.TryParse(bare, out IPAddress? address) || !IsWrittenWhole(bare))
        {
            Violate(name, $"is '{text}', not an IP address", "return one IPv4 or IPv6 address");
            return null;
        }

        // An IPv4 address written as IPv6 is reached over IPv4.
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        string? misfit = type switch
        {
            "wireguard" when !_range.Contains(address) => $"is {bare}, outside the deployment's WireGuard range {_range}",
            "mycelium" when !MyceliumRange.Contains(address) => $"is {bare}, outside Mycelium's range {MyceliumRange}",
            "public" when MyceliumRange.Contains(address) || NotPublic.Any(range => range.Contains(address)) =>
                $"is {bare}, which is not a public address",
            _ => null,
        };
        if (misfit is not null)
        {
            Violate(name, misfit, "return an address of this type");
            return null;
        }

        return new HostAddress(KindOf(type, address), address.ToString());
    }

    // The library also accepts 1 and 0x7f.1 as addresses, and fe80::1%eth0, which names an interface.
    private static bool IsWrittenWhole(string text) =>
        text.Contains(':') ? !text.Contains('%') : text.Split('.') is { Length: 4 } parts && parts.All(IsDecimal);

    private static bool IsDecimal(string part) => part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');

    private static NetworkKind KindOf(string? type, IPAddress address) => type switch
    {
        "wireguard" => NetworkKind.Wireguard,
        "mycelium" => NetworkKind.Mycelium,
        _ => address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkKind.PublicIpv6 : NetworkKind.PublicIpv4,
    };

    private void Violate(string output, string message, string remedy) => _violations.Add(new(output, message, remedy));
}
