using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>Facts about this computer's own network.</summary>
internal sealed class HostNetwork(Computer computer)
{
    private const int UsualMtu = 1500;

    // IPv6 needs at least this much.
    private const int SmallestMtu = 1280;

    private const string AnyDestination = "00000000";

    /// <summary>The MTU of the uplink. Clouds and VPNs have less than 1500.</summary>
    public int Mtu()
    {
        try
        {
            string[]? uplink = File.ReadLines(computer.At("/proc/net/route")).Select(line => line.Split('\t'))
                .FirstOrDefault(fields => fields.Length > 1 && fields[1] == AnyDestination);
            if (uplink is null)
            {
                return UsualMtu;
            }

            string mtu = File.ReadAllText(computer.At($"/sys/class/net/{uplink[0]}/mtu"));
            return Math.Clamp(int.Parse(mtu, CultureInfo.InvariantCulture), SmallestMtu, UsualMtu);
        }
        catch (IOException)
        {
            return UsualMtu;
        }
    }

    /// <summary>A guest cannot reach a resolver on 127.x (systemd-resolved), so it gets the upstream servers.</summary>
    public string ResolvConf()
    {
        string path = computer.At("/etc/resolv.conf");
        string upstream = computer.At("/run/systemd/resolve/resolv.conf");
        string own = File.Exists(path) ? File.ReadAllText(path) : "";
        string[] servers = Nameservers(own);
        bool isStub = servers.Length > 0 && servers.All(server => server.StartsWith("127.", StringComparison.Ordinal));
        return isStub && File.Exists(upstream) ? File.ReadAllText(upstream) : own;
    }

    public static string[] Nameservers(string resolvConf) =>
    [
        .. resolvConf.Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] == "nameserver")
            .Select(words => words[1]),
    ];

    /// <summary>Its addresses, and single addresses that it has routes for.</summary>
    public IReadOnlySet<string> Addresses()
    {
        const string Leaf = "|-- ";
        string routes = computer.At("/proc/net/fib_trie");
        return File.Exists(routes)
            ? File.ReadLines(routes).Where(line => line.Contains(Leaf, StringComparison.Ordinal))
                .Select(line => line.Split(Leaf)[1].Trim()).ToHashSet()
            : [];
    }
}
