using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The node's end of the user's tunnel.</summary>
internal static class WireGuardGateway
{
    /// <summary>wireguard-go keeps a control socket by interface name for the whole machine, so the name carries the index.</summary>
    public static string InterfaceOf(NetworkMember member) => $"tfl-w{member.Index}";

    public static void Start(NetworkRecord network, NetworkMember member, NetworkSecrets secrets)
    {
        var access = network.Access ?? throw new InvalidOperationException("the network has no access point");
        var name = InterfaceOf(member);
        if (Tool.Try(["ip", "-n", member.Namespace, "link", "show", name]).ExitCode == 0)
        {
            return;
        }

        if (Tool.Try(["ip", "-n", member.Namespace, "link", "add", name, "type", "wireguard"]).ExitCode != 0)
        {
            // No kernel WireGuard: the same in user space.
            // A session of its own: a Ctrl-C meant for Terraform must not end it.
            Tool.Run(["ip", "netns", "exec", member.Namespace, "setsid", "wireguard-go", name]);
        }

        Tool.Run(["ip", "netns", "exec", member.Namespace, "wg", "setconf", name, "/dev/stdin"], Config(access, secrets));
        IpCommands.Run(
            member.Namespace,
            $"link set {name} mtu {HostNetwork.Mtu() - 80} up",
            $"route replace {AddressPlan.AccessAddress(access.Subnet)}/32 dev {name} src {member.Gateway}");
    }

    /// <summary>wireguard-go outlives its namespace; it ends when its socket file goes.</summary>
    public static void Stop(NetworkMember member)
    {
        Trees.DeleteFile($"/run/wireguard/{InterfaceOf(member)}.sock");
        if (IpCommands.NamespaceExists(member.Namespace))
        {
            IpCommands.RunAll(member.Namespace, $"link del {InterfaceOf(member)}");
        }
    }

    /// <summary>In the real provider's form, white space included.</summary>
    public static string UserConfig(NetworkRecord network, NetworkSecrets secrets)
    {
        if (network.Access is not { } access || network.MemberOn(access.Node) is not { } member)
        {
            return "";
        }

        return $"""

            [Interface]
            Address = {AddressPlan.AccessAddress(access.Subnet)}/32
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
