using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Addresses;

/// <summary>How the grid derives addresses from ranges, keys and seeds.</summary>
internal static class AddressPlan
{
    /// <summary>Where the users' ends of the tunnels are.</summary>
    public const string AccessRange = "100.64.0.0/16";

    /// <summary>10.1.2.3/16 means the network 10.1.0.0/16.</summary>
    public static string NormaliseRange(string range)
    {
        byte[] bytes = IPAddress.Parse(range[..range.IndexOf('/')]).GetAddressBytes();
        return $"{bytes[0]}.{bytes[1]}.0.0/16";
    }

    /// <summary>A free /24 for a node or the user. The first is 10.1.2.0/24.</summary>
    public static string FreeSubnet(string range, IEnumerable<string> used)
    {
        var taken = used.ToHashSet();
        string prefix = range[..range.IndexOf(".0.0/", StringComparison.Ordinal)];
        return Enumerable.Range(2, 253).Select(i => $"{prefix}.{i}.0/24").FirstOrDefault(subnet => !taken.Contains(subnet))
            ?? throw new GridException("The network is full", $"no /24 is left in {range}");
    }

    /// <summary>The first address that is free; .1 is the node.</summary>
    public static string FreeHost(string subnet, IEnumerable<string> used)
    {
        var taken = used.ToHashSet();
        string prefix = HostPrefix(subnet);
        return Enumerable.Range(2, 253).Select(i => $"{prefix}.{i}").FirstOrDefault(host => !taken.Contains(host))
            ?? throw new GridException("The network is full", $"no address is left in {subnet}");
    }

    public static bool IsHostOf(string subnet, string ip)
    {
        string last = ip[(ip.LastIndexOf('.') + 1)..];
        return ip == $"{HostPrefix(subnet)}.{last}"
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int host) && host is > 1 and < 255;
    }

    /// <summary>The user of 10.b.c.0/24 has the address 100.64.b.c.</summary>
    public static string AccessAddress(string subnet)
    {
        string[] parts = subnet[..subnet.IndexOf('/')].Split('.');
        return $"100.64.{parts[1]}.{parts[2]}";
    }

    /// <summary>Mycelium computes a /64 in 400::/7 from the node's key. Here it comes from the key's hash.</summary>
    public static string MyceliumPrefix(string hexKey)
    {
        byte[] hash = SHA256.HashData(Convert.FromHexString(hexKey));
        hash[0] = (byte)(0x04 | (hash[0] & 1));
        return Groups(hash, 4);
    }

    /// <summary>prefix:ff0f:seed, as zos builds it.</summary>
    public static string MyceliumAddress(string prefix, string hexSeed)
    {
        byte[] seed = Convert.FromHexString(hexSeed);
        return IPAddress.Parse($"{prefix}:ff0f:{Groups(seed, 3)}").ToString();
    }

    public static string MyceliumSubnet(string prefix) => $"{prefix}::/64";

    // The first bytes as groups of an IPv6 address.
    private static string Groups(byte[] bytes, int count) => string.Join(':', Enumerable.Range(0, count)
        .Select(i => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2 * i)).ToString("x", CultureInfo.InvariantCulture)));

    private static string HostPrefix(string subnet) => subnet[..subnet.LastIndexOf('.')];
}
