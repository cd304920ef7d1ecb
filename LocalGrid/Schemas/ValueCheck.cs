using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>The real provider's validation of one value. Returns its message, or null if the value is valid.</summary>
internal delegate string? ValueCheck(string name, object value);

internal static partial class ValueChecks
{
    public static readonly ValueCheck Name = (name, value) => value is string text && !NamePattern().IsMatch(text)
        ? $"invalid value for {name} (must only include alphanumeric and underscore characters), got \"{text}\""
        : null;

    public static readonly ValueCheck Gpu = (name, value) => value is string text && !GpuPattern().IsMatch(text)
        ? $"invalid value for {name} (not a valid gpu id), got \"{text}\""
        : null;

    public static readonly ValueCheck NotEmpty = (name, value) => value is ""
        ? $"expected \"{name}\" to not be an empty string"
        : null;

    public static readonly ValueCheck IpAddress = (name, value) => value is string text && !IsAddress(text)
        ? $"expected {name} to contain a valid IP, got: {text}"
        : null;

    public static readonly ValueCheck Slash16Network = (name, value) => value is string text ? CheckSlash16(name, text) : null;

    public static ValueCheck Between(long low, long high) => (name, value) =>
        value is TerraformNumber number && (!number.IsWhole || number.AsLong < low || number.AsLong > high)
            ? string.Create(CultureInfo.InvariantCulture, $"expected {name} to be in the range ({low} - {high}), got {number}")
            : null;

    public static ValueCheck OneOf(params string[] allowed) => (name, value) =>
        value is string text && !allowed.Contains(text)
            ? $"expected {name} to be one of [{string.Join(' ', allowed.Select(a => $"\"{a}\""))}], got {text}"
            : null;

    public static ValueCheck Url(string scheme) => (name, value) => value is string text && !HasScheme(text, [scheme])
        ? $"expected \"{name}\" to have a url with schema of: \"{scheme}\", got {text}"
        : null;

    private static string? CheckSlash16(string name, string text)
    {
        if (!IPNetwork.TryParse(text, out IPNetwork network) || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork)
        {
            return $"expected {name} to contain a valid network address in CIDR form (for example 10.1.0.0/16), got: {text}";
        }

        return network.PrefixLength == 16
            ? null
            : $"expected \"{name}\" to contain a network Value with between 16 and 16 significant bits, got: {network.PrefixLength}";
    }

    // IPAddress accepts 10.1 for 10.0.0.1, and the real provider does not.
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out IPAddress? address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3);

    private static bool HasScheme(string text, string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && schemes.Contains(uri.Scheme);

    [GeneratedRegex(@"^[a-zA-Z0-9_]+\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9:.]+/[A-Za-z0-9]+/[A-Za-z0-9]+\z")]
    private static partial Regex GpuPattern();
}
