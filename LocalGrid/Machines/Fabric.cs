using System.Globalization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The bridge that stands for the internet between nodes. It is there while something is deployed.</summary>
internal static class Fabric
{
    private const string Forward4 = "/proc/sys/net/ipv4/ip_forward";
    private const string Forward6 = "/proc/sys/net/ipv6/conf/all/forwarding";

    // Every machine's systemd and every wireguard-go takes some, all as root: with the usual 128 a dozen machines is
    // the end, and the next tunnel dies without a word.
    private const string InotifyInstances = "/proc/sys/fs/inotify/max_user_instances";
    private const int EnoughInstances = 8192;

    private static readonly string[] ForwardRules = ["-i", "-o"];

    /// <summary>Saved in a step of its own, before anything is changed: a killed process must not lose what was there.</summary>
    public static void Remember(GridWorld world) =>
        world.Forwarding ??= new SavedForwarding(
            File.ReadAllText(Forward4).Trim(),
            ReadForward6(),
            File.ReadAllText(InotifyInstances).Trim());

    public static void Ensure()
    {
        if (Directory.Exists($"/sys/class/net/{FabricAddress.Bridge}"))
        {
            return;
        }

        WriteForwarding(new SavedForwarding(
            "1",
            "1",
            Math.Max(EnoughInstances, int.Parse(File.ReadAllText(InotifyInstances), CultureInfo.InvariantCulture)).ToString(
                CultureInfo.InvariantCulture)));
        IpCommands.Run(
            null,
            $"link add {FabricAddress.Bridge} mtu {HostNetwork.Mtu()} type bridge",
            $"link set {FabricAddress.Bridge} up",
            $"addr add {FabricAddress.Host}/16 dev {FabricAddress.Bridge}",
            $"addr add {FabricAddress.Host6}/64 dev {FabricAddress.Bridge} nodad");
        Tool.Run(["nft", "-f", "-"], NftRules.Host);
        AllowForwarding("-I");
    }

    public static void Remove(GridWorld world)
    {
        IpCommands.RunAll(null, $"link del {FabricAddress.Bridge}");
        Tool.Try(["nft", "delete", "table", "ip", NftRules.Table]);
        AllowForwarding("-D");
        if (world.Forwarding is { } saved)
        {
            WriteForwarding(saved);
            world.Forwarding = null;
        }
    }

    // Docker and ufw let FORWARD drop what they do not know.
    private static void AllowForwarding(string action)
    {
        if (Tool.Try(["nft", "list", "chain", "ip", "filter", "FORWARD"]).ExitCode != 0)
        {
            return;
        }

        foreach (var direction in ForwardRules)
        {
            Tool.Try(["iptables", action, "FORWARD", direction, FabricAddress.Bridge, "-j", "ACCEPT"]);
        }
    }

    private static string ReadForward6() => File.Exists(Forward6) ? File.ReadAllText(Forward6).Trim() : "0";

    private static void WriteForwarding(SavedForwarding value)
    {
        File.WriteAllText(Forward4, value.Ipv4);
        if (File.Exists(Forward6))
        {
            File.WriteAllText(Forward6, value.Ipv6);
        }

        if (value.InotifyInstances is { } instances)
        {
            File.WriteAllText(InotifyInstances, instances);
        }
    }
}
