using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Networks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WireGuardTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    private WireGuardGateway Gateway => new(_computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void The_access_point_is_an_interface_of_the_kernel_with_room_for_the_tunnels_headers()
    {
        Gateway.Start(SampleNetworks.Full, SampleNetworks.First, SampleNetworks.Secrets);

        Assert.That(_computer.Tools.Calls, Is.EqualTo(new ToolCall[]
        {
            new("ip -n tfl-n3 link show tfl-w3"),
            new("ip -n tfl-n3 link add tfl-w3 type wireguard"),
            new("ip netns exec tfl-n3 wg setconf tfl-w3 /dev/stdin", """
                [Interface]
                PrivateKey = node-private
                ListenPort = 51820
                [Peer]
                PublicKey = user-public
                AllowedIPs = 100.64.1.4/32

                """),
            new("ip -n tfl-n3 -batch -", "link set tfl-w3 mtu 1320 up\nroute replace 100.64.1.4/32 dev tfl-w3 src 10.1.2.1\n"),
        }));
    }

    [Test]
    public void A_kernel_without_WireGuard_gets_wireguard_go_in_a_session_of_its_own()
    {
        _computer.Tools.KernelHasWireGuard = false;

        Gateway.Start(SampleNetworks.Full, SampleNetworks.First, SampleNetworks.Secrets);

        Assert.That(_computer.Tools.Commands.ElementAt(2), Is.EqualTo("ip netns exec tfl-n3 setsid wireguard-go tfl-w3"));
        Assert.That(_computer.Tools.Commands.ElementAt(3), Does.StartWith("ip netns exec tfl-n3 wg setconf"));
    }

    [Test]
    public void An_access_point_that_is_there_is_left_alone()
    {
        _computer.Tools.Answer("ip -n tfl-n3 link show tfl-w3");

        Gateway.Start(SampleNetworks.Full, SampleNetworks.First, SampleNetworks.Secrets);

        Assert.That(_computer.Tools.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public void Without_the_nodes_namespace_only_the_socket_goes()
    {
        _computer.Write("/run/wireguard/tfl-w3.sock", "");

        Gateway.Stop(SampleNetworks.First);

        Assert.That(_computer.In("/run/wireguard/tfl-w3.sock"), Does.Not.Exist);
        Assert.That(_computer.Tools.Calls, Is.Empty);
    }

    [Test]
    public void The_users_configuration_has_the_real_providers_form() =>
        Assert.That(WireGuardGateway.UserConfig(SampleNetworks.Full, SampleNetworks.Secrets), Is.EqualTo(
            "\n[Interface]\nAddress = 100.64.1.4\nPrivateKey = user-private\n[Peer]\nPublicKey = node-public\n"
            + "AllowedIPs = 10.1.0.0/16, 100.64.0.0/16\nPersistentKeepalive = 25\nEndpoint = 198.18.0.4:51820\n\t"));

    [Test]
    public void A_network_without_access_point_has_no_configuration_for_a_user()
    {
        Assert.That(WireGuardGateway.UserConfig(SampleNetworks.Plain, SampleNetworks.Secrets), Is.Empty);

        NetworkRecord gone = SampleNetworks.Full;
        gone.Members.RemoveAt(0);
        Assert.That(WireGuardGateway.UserConfig(gone, SampleNetworks.Secrets), Is.Empty);
    }

    [Test]
    public void Keys_are_two_different_pairs_in_Curve25519s_form()
    {
        NetworkSecrets secrets = WireGuardKeys.Generate(_computer.Tools);

        Assert.That(secrets.UserPrivateKey, Is.Not.EqualTo(secrets.NodePrivateKey));
        Assert.That(secrets.UserPublicKey, Is.EqualTo($"public({secrets.UserPrivateKey})"));
        Assert.That(secrets.NodePublicKey, Is.EqualTo($"public({secrets.NodePrivateKey})"));
        foreach (string key in new[] { secrets.UserPrivateKey, secrets.NodePrivateKey })
        {
            byte[] bytes = Convert.FromBase64String(key);
            Assert.That(bytes, Has.Length.EqualTo(32));
            Assert.That((bytes[0] & 7, bytes[31] & 0xc0), Is.EqualTo((0, 0x40)));
        }
    }
}
