using System.Globalization;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>What this machine's own network looks like.</summary>
internal static class HostNetwork
{
    /// <summary>Of the uplink: clouds and VPNs have less than 1500.</summary>
    public static int Mtu()
    {
        try
        {
            var uplink = File.ReadLines("/proc/net/route")
                .Select(line => line.Split('\t'))
                .FirstOrDefault(f => f.Length > 1 && f[1] == "00000000");
            return uplink is null
                ? 1500
                : Math.Clamp(int.Parse(File.ReadAllText($"/sys/class/net/{uplink[0]}/mtu"), CultureInfo.InvariantCulture), 1280, 1500);
        }
        catch (IOException)
        {
            return 1500;
        }
    }

    /// <summary>A stub on 127.x (systemd-resolved) is out of a guest's reach: its upstream list is taken instead.</summary>
    public static string ResolvConf()
    {
        const string Upstream = "/run/systemd/resolve/resolv.conf";
        var own = File.Exists("/etc/resolv.conf") ? File.ReadAllText("/etc/resolv.conf") : "";
        var isStub = Nameservers(own) is var servers
            && servers.Length > 0
            && servers.All(s => s.StartsWith("127.", StringComparison.Ordinal));
        return isStub && File.Exists(Upstream) ? File.ReadAllText(Upstream) : own;
    }

    public static string[] Nameservers(string resolvConf) =>
    [
        .. resolvConf.Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] == "nameserver")
            .Select(words => words[1]),
    ];
}
