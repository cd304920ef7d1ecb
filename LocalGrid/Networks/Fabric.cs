using System.Globalization;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>The bridge that plays the internet between nodes. It exists while something is deployed.</summary>
internal sealed class Fabric(Computer computer)
{
    private const string Forward4 = "/proc/sys/net/ipv4/ip_forward";
    private const string Forward6 = "/proc/sys/net/ipv6/conf/all/forwarding";

    // Each guest's systemd and each wireguard-go use some, all as root. A dozen machines use up the usual 128, and then the
    // next tunnel fails without a message.
    private const string InotifyInstances = "/proc/sys/fs/inotify/max_user_instances";
    private const int EnoughInstances = 8192;

    private static readonly string[] ForwardRules = ["-i", "-o"];

    private readonly IpCommands _ip = new(computer);

    /// <summary>A separate step before any change, so that a killed process does not lose the original settings.</summary>
    public void Remember(GridWorld world) => world.Forwarding ??=
        new SavedForwarding(Read(Forward4), File.Exists(computer.At(Forward6)) ? Read(Forward6) : "0", Read(InotifyInstances));

    public void Ensure(Reachable allowed)
    {
        if (Directory.Exists(computer.At($"/sys/class/net/{FabricAddress.Bridge}")))
        {
            // An older build may have created it, or something else may have flushed the rules since.
            LoadRules(allowed);
            return;
        }

        int instances = Math.Max(EnoughInstances, int.Parse(Read(InotifyInstances), CultureInfo.InvariantCulture));
        WriteForwarding(new SavedForwarding("1", "1", instances.ToString(CultureInfo.InvariantCulture)));
        string address = MacAddress.Of(FabricAddress.Host);
        _ip.Run(
            null,
            $"link add {FabricAddress.Bridge} address {address} mtu {new HostNetwork(computer).Mtu()} type bridge",
            $"link set {FabricAddress.Bridge} up",
            $"addr add {FabricAddress.Host}/16 dev {FabricAddress.Bridge}",
            $"addr add {FabricAddress.Host6}/64 dev {FabricAddress.Bridge} nodad");
        LoadRules(allowed);
        AllowForwarding("-I");
    }

    /// <summary>Loads the rules again if something has flushed them.</summary>
    public void EnsureRules(Func<Reachable> allowed)
    {
        if (computer.Tools.Try(["nft", "list", "chain", "inet", NftRules.Table, "input"]).ExitCode != 0)
        {
            LoadRules(allowed());
        }
    }

    public void RemoveIfUnused(GridWorld world)
    {
        if (world.IsEmpty)
        {
            Remove(world);
        }
    }

    private void Remove(GridWorld world)
    {
        _ip.RunAll(null, $"link del {FabricAddress.Bridge}");
        computer.Tools.Try(["nft", "delete", "table", "ip", NftRules.Table]);
        computer.Tools.Try(["nft", "delete", "table", "inet", NftRules.Table]);
        AllowForwarding("-D");
        if (world.Forwarding is { } saved)
        {
            WriteForwarding(saved);
            world.Forwarding = null;
        }
    }

    private void LoadRules(Reachable allowed) => computer.Tools.Run(["nft", "-f", "-"], NftRules.Host(allowed));

    // Docker and ufw make FORWARD drop packets that they do not know.
    private void AllowForwarding(string action)
    {
        if (computer.Tools.Try(["nft", "list", "chain", "ip", "filter", "FORWARD"]).ExitCode != 0)
        {
            return;
        }

        foreach (string direction in ForwardRules)
        {
            computer.Tools.Try(["iptables", action, "FORWARD", direction, FabricAddress.Bridge, "-j", "ACCEPT"]);
        }
    }

    private string Read(string setting) => File.ReadAllText(computer.At(setting)).Trim();

    private void WriteForwarding(SavedForwarding value)
    {
        File.WriteAllText(computer.At(Forward4), value.Ipv4);
        if (File.Exists(computer.At(Forward6)))
        {
            File.WriteAllText(computer.At(Forward6), value.Ipv6);
        }

        if (value.InotifyInstances is { } instances)
        {
            File.WriteAllText(computer.At(InotifyInstances), instances);
        }
    }
}
