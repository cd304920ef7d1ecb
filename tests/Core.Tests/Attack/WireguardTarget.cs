using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>The output <c>wg_config</c>, which wg-quick reads as root.</summary>
internal sealed partial class WireguardTarget : CoreTarget
{
    public const string Grid =
        """

        [Interface]
        Address = 100.64.1.2/32
        PrivateKey = cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=
        [Peer]
        PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
        AllowedIPs = 10.42.0.0/16, 100.64.0.0/16
        PersistentKeepalive = 25
        Endpoint = 185.69.1.2:5566

        """;

    private const string IpRange = "10.42.0.0/16";

    private static readonly string[] Seeds =
    [
        Grid,
        """
        [Interface]
        Address = 10.42.9.2, fe80::2/64
        ListenPort = 51820
        MTU = 1300
        PrivateKey = cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=
        [Peer]
        PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
        PresharedKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
        AllowedIPs = 10.42.0.0/16
        Endpoint = [2001:db8::5]:51820
        [Peer]
        PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDI=
        AllowedIPs = 10.42.7.0/24
        Endpoint = node.example.org:3
        """,
    ];

    private static readonly string[] Known =
    [
        "PostUp = touch /tmp/x", "PreUp = id", "PreDown=id", "PostDown = id", "SaveConfig = true", "DNS = 10.0.0.1",
        "Table = off", "FwMark = 1",
        "[Interface]", "[Peer]", "[interface]", "[Post]", "Post\0Up = touch /tmp/x", "P\u200bostUp = x", "Address = 0.0.0.0/0",
        "AllowedIPs = 0.0.0.0/0",
        "Address = 198.51.100.0/24", "AllowedIPs = ::/0", "Endpoint = $(id):1", "Endpoint = [fe80::1%$(id)]:1",
        "Endpoint = -x:1", "MTU = 99999",
        "PersistentKeepalive = off", "PrivateKey = x", "PublicKey = ", "# comment", "Address = 100.64.1.9/10", "=", "= x",
        "AllowedIPs", "ListenPort = 0x1",
        "PrivateKey = cHJp dmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=", "Address = ::ffff:100.64.1.1/32", "Address = 1681915906/32",
    ];

    public override string Name => "wireguard";

    public override AttackInput Make(Random random, int number) => Spoiling.Lines(random, HostileWords.Pick(random, Seeds), "=", Known);

    public override string Take(AttackInput input, string folder)
    {
        Hold(WireguardConfig.Narrow(Encoding.UTF8.GetString(input.Bytes), IpRange, RecordSeeds.Id).Text);
        return Accepted;
    }

    /// <summary>Only known keys, each on a line of its own, with values that nobody acts on.</summary>
    public static void Hold(string written)
    {
        string[] lines = written.Split('\n');
        AttackFailure.Unless(
            lines[0] == $"# tfgrid-compose deployment {RecordSeeds.Id}" && lines[^1].Length == 0, $"not marked: {written}");
        AttackFailure.Unless(lines[1..^1].All(line => Line().IsMatch(line)), $"a line that is not allowed:\n{written}");
        foreach (string address in lines.Where(line => line.StartsWith("Address = ", StringComparison.Ordinal)))
        {
            var network = IPNetwork.Parse(address["Address = ".Length..]);
            AttackFailure.Unless(
                network.PrefixLength == 32
                    && new[] { IpRange, "100.64.0.0/10" }.Any(range => IPNetwork.Parse(range).Contains(network.BaseAddress)),
                $"an address that is not the grid's: {address}");
        }
    }

    [GeneratedRegex(
        """
        \A(\[Interface\]|\[Peer\]|Address\ =\ [0-9.]+/32|(PrivateKey|PublicKey|PresharedKey)\ =\ [A-Za-z0-9+/]{43}=|(ListenPort|MTU)\ =\ [0-9]+
        |AllowedIPs\ =\ 10\.42\.0\.0/16|PersistentKeepalive\ =\ ([0-9]+|off)|Endpoint\ =\ ([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:.]+\]):[0-9]+)\z
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Line();
}
