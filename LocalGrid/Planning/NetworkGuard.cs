using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>
/// The engine runs as root for callers who are not root. Ranges and keys become lines of a batch that `ip` reads, and of
/// rules that `nft` reads, so everything in a request is checked first, whether a provider of ours wrote it or not.
/// </summary>
internal static class NetworkGuard
{
    private const int NodePrefix = 24;
    private const int MyceliumKeyLength = 64;
    private const int LongestDescription = 4096;

    private static readonly IPNetwork[] PrivateRanges =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    public static void Check(NetworkSpec spec)
    {
        if (!Words.IsLine(spec.Name) || spec.Name.Length == 0)
        {
            throw Bad("name", $"\"{Words.Shown(spec.Name)}\" is empty, too long or has control characters", "name");
        }

        if (!Words.IsLine(spec.SolutionType) || spec.Description.Length > LongestDescription || spec.Description.Contains('\0'))
        {
            throw Bad("description", "the description or the solution type is too long or has control characters", "description");
        }

        if (spec.Nodes.Distinct().Count() != spec.Nodes.Count)
        {
            throw Bad("nodes", "a node is listed twice", "nodes");
        }

        CheckSubnets(spec, RangeOf(spec.IpRange));
        foreach ((string node, string key) in spec.MyceliumKeys)
        {
            if (!IsNumber(node) || key is not { Length: MyceliumKeyLength } || !key.All(char.IsAsciiHexDigit))
            {
                throw Bad("mycelium key", $"the key of node {Words.Shown(node)} is not 32 bytes in hexadecimal", "mycelium_keys");
            }
        }

        WorkloadRules.Check(spec);
    }

    /// <summary>What is wrong with a /16 that is not private; null for any other text, which the schema refuses.</summary>
    public static string? OutsideProblem(string range) => AddressOf(range) is { } ip && !PrivateRanges.Any(each => each.Contains(ip))
        ? $"{Words.Shown(range)} is not within {string.Join(", ", PrivateRanges)}"
        : null;

    private static string? RangeProblem(string range) => AddressOf(range) is null
        ? $"{Words.Shown(range)} is not an IPv4 network of /16"
        : OutsideProblem(range);

    private static IPAddress? AddressOf(string range) =>
        range.Split('/') is [var address, "16"]
            && address.Split('.').Length == 4
            && IPAddress.TryParse(address, out IPAddress? ip)
            && ip.AddressFamily == AddressFamily.InterNetwork
            ? ip
            : null;

    private static IPNetwork RangeOf(string range) => RangeProblem(range) is { } problem
        ? throw Bad("range", problem, "ip_range")
        : IPNetwork.Parse(AddressPlan.NormaliseRange(range));

    private static void CheckSubnets(NetworkSpec spec, IPNetwork range)
    {
        foreach ((string node, string subnet) in spec.Subnets)
        {
            if (!IsNumber(node)
                || !IPNetwork.TryParse(subnet, out IPNetwork network)
                || network.PrefixLength != NodePrefix
                || network.ToString() != subnet
                || !range.Contains(network.BaseAddress))
            {
                throw Bad(
                    "subnet", $"the subnet of node {Words.Shown(node)}, {Words.Shown(subnet)}, is not a /24 within {range}", "subnets");
            }
        }

        if (spec.Subnets.Values.Distinct().Count() != spec.Subnets.Count)
        {
            throw Bad("subnet", "two nodes have the same subnet", "subnets");
        }
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static GridException Bad(string what, string problem, params object[] path) => new($"Invalid {what}", problem, path);
}
