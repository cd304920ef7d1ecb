using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>The node's end of the user's tunnel.</summary>
internal sealed class WireGuardGateway(Computer computer)
{
    // Bytes that WireGuard adds to a packet, over IPv6.
    private const int Overhead = 80;

    private readonly IpCommands _ip = new(computer);

    /// <summary>Unique on the computer: wireguard-go keeps the control sockets of all namespaces in one folder.</summary>
    public static string InterfaceOf(NetworkMember member) => $"tfl-w{member.Index}";

    public void Start(NetworkRecord network, NetworkMember member, NetworkSecrets secrets)
    {
        WireGuardAccess access = network.Access ?? throw new InvalidOperationException("the network has no access point");
        string name = InterfaceOf(member);
        if (computer.Tools.Try(["ip", "-n", member.Namespace, "link", "show", name]).ExitCode == 0)
        {
            return;
        }

        if (computer.Tools.Try(["ip", "-n", member.Namespace, "link", "add", name, "type", "wireguard"]).ExitCode != 0)
        {
            // The kernel has no WireGuard. The process gets its own session, so that Terraform's Ctrl-C does not end it.
            computer.Tools.Run(["ip", "netns", "exec", member.Namespace, "setsid", "wireguard-go", name]);
        }

        string[] configure = ["ip", "netns", "exec", member.Namespace, "wg", "setconf", name, "/dev/stdin"];
        computer.Tools.Run(configure, Config(access, secrets));
        _ip.Run(
            member.Namespace,
            $"link set {name} mtu {new HostNetwork(computer).Mtu() - Overhead} up",
            $"route replace {AddressPlan.AccessAddress(access.Subnet)}/32 dev {name} src {member.Gateway}");
    }

    /// <summary>wireguard-go does not end with its namespace. It ends when its socket file is deleted.</summary>
    public void Stop(NetworkMember member)
    {
        Trees.DeleteFile(computer.At($"/run/wireguard/{InterfaceOf(member)}.sock"));
        if (_ip.NamespaceExists(member.Namespace))
        {
            _ip.RunAll(member.Namespace, $"link del {InterfaceOf(member)}");
        }
    }

    /// <summary>Exactly as the real provider writes it, with the same white space.</summary>
    public static string UserConfig(NetworkRecord network, NetworkSecrets secrets)
    {
        if (network.Access is not { } access || network.MemberOn(access.Node) is not { } member)
        {
            return "";
        }

        return $"""

            [Interface]
            Address = {AddressPlan.AccessAddress(access.Subnet)}
            PrivateKey = {secrets.UserPrivateKey}
            [Peer]
            PublicKey = {secrets.NodePublicKey}
            AllowedIPs = {network.IpRange}, 100.64.0.0/16
            PersistentKeepalive = 25
            Endpoint = {FabricAddress.Of(member.Index)}:{access.Port}

            """ + "\t";
    }

    private static string Config(WireGuardAccess access, NetworkSecrets secrets) =>
        $"""
        [Interface]
        PrivateKey = {secrets.NodePrivateKey}
        ListenPort = {access.Port}
        [Peer]
        PublicKey = {secrets.UserPublicKey}
        AllowedIPs = {AddressPlan.AccessAddress(access.Subnet)}/32

        """;
}
