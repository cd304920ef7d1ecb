using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>The addresses on which a machine's programs listen on one TCP port.</summary>
internal static class PortListeners
{
    /// <summary>For a POSIX shell. Fails if it cannot see the listeners: an empty answer would be wrong.</summary>
    public const string Command =
        "ss -ltnH 2>/dev/null || { cat /proc/net/tcp && { [ ! -e /proc/net/tcp6 ] || cat /proc/net/tcp6; }; }";

    private const string Listening = "0A";
    private const int Ipv4HexLength = 8;
    private const int Ssh = 22;

    /// <summary>Whether the output lists anything at all: the SSH server that we logged in to is a listener too.</summary>
    public static bool Lists(string output) => output.Split('\n').Any(line =>
        line.StartsWith("LISTEN ", StringComparison.Ordinal)
        || line.Contains($" {Listening} ", StringComparison.Ordinal));

    /// <summary>
    /// Reads the command's output. An IPv6 socket that also takes IPv4 counts as one on each: <c>::</c> and
    /// <c>0.0.0.0</c>.
    /// </summary>
    public static IReadOnlyList<IPAddress> On(int port, string output) =>
        [.. All(output).Where(listener => listener.Port == port).Select(listener => listener.Address).Distinct()];

    /// <summary>The ports, except SSH's, on which something listens for more than the machine itself.</summary>
    public static IReadOnlyList<int> Others(string output) =>
    [
        .. All(output).Where(listener => listener.Port != Ssh && !IPAddress.IsLoopback(listener.Address))
            .Select(listener => listener.Port)
            .Distinct()
            .Order(),
    ];

    private static IEnumerable<(int Port, IPAddress Address)> All(string output) => output.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(words => words is ["LISTEN", _, _, var local, ..] ? OfSs(local)
            : words is [_, var entry, _, Listening, ..] ? OfKernel(entry)
            : []);

    // 0.0.0.0:22, [::1]:631, 127.0.0.53%lo:53, and *:80 for a socket that takes both families.
    private static IEnumerable<(int Port, IPAddress Address)> OfSs(string local)
    {
        int end = local.LastIndexOf(':');
        if (end < 0 || !int.TryParse(local[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            return [];
        }

        string address = local[..end].Split('%')[0].Trim('[', ']');
        return address == "*" ? [(port, IPAddress.IPv6Any), (port, IPAddress.Any)]
            : IPAddress.TryParse(address, out IPAddress? one) ? [(port, Plain(one))]
            : [];
    }

    // 0100007F:1F90 in /proc/net/tcp: words of four bytes in the machine's order. All machines of the grid are
    // little-endian. Whether a socket on :: takes IPv4 too is not shown; usually it does.
    private static IEnumerable<(int Port, IPAddress Address)> OfKernel(string entry)
    {
        if (entry.Split(':') is not [var hex, var number]
            || !int.TryParse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int port)
            || hex.Length is not Ipv4HexLength and not 4 * Ipv4HexLength)
        {
            return [];
        }

        byte[] bytes = Convert.FromHexString(hex);
        for (int word = 0; word < bytes.Length; word += sizeof(uint))
        {
            Span<byte> part = bytes.AsSpan(word, sizeof(uint));
            BinaryPrimitives.WriteUInt32BigEndian(part, BinaryPrimitives.ReadUInt32LittleEndian(part));
        }

        IPAddress address = Plain(new IPAddress(bytes));
        return address.Equals(IPAddress.IPv6Any) ? [(port, IPAddress.IPv6Any), (port, IPAddress.Any)] : [(port, address)];
    }

    private static IPAddress Plain(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6
            ? address.MapToIPv4()
            : address;
}
