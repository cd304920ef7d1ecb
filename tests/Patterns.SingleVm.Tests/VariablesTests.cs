using System.Text.Json;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class VariablesTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Test]
    public void Private_machine()
    {
        string json = Json(Sample.Options(), Sample.Network(NetworkKind.Wireguard));

        Assert.That(json, Is.EqualTo("""
            {
              "deployment_id": "abc123xyz",
              "solution_type": "tfc/abc123xyz",
              "grid_network": "main",
              "ip_range": "10.42.0.0/16",
              "networks": [
                "wireguard"
              ],
              "node_id": 8,
              "cpu": 2,
              "memory": 2048,
              "rootfs_size": 20480,
              "ssh_keys": [
                "ssh-ed25519 AAAA one",
                "ssh-ed25519 BBBB two"
              ],
              "mycelium_key": null,
              "mycelium_ip_seed": null
            }
            """));
    }

    [Test]
    public void Public_machine_with_all_networks()
    {
        NetworkRequest network = Sample.Network(
            NetworkKind.PublicIpv4, NetworkKind.Mycelium, NetworkKind.PublicIpv6, NetworkKind.Wireguard);

        string json = Json(Sample.Options(("cpu", 4L), ("memory", 8192L), ("disk", 102400L)), network);

        Assert.That(json, Is.EqualTo("""
            {
              "deployment_id": "abc123xyz",
              "solution_type": "tfc/abc123xyz",
              "grid_network": "main",
              "ip_range": "10.42.0.0/16",
              "networks": [
                "ipv4",
                "mycelium",
                "ipv6",
                "wireguard"
              ],
              "node_id": 8,
              "cpu": 4,
              "memory": 8192,
              "rootfs_size": 102400,
              "ssh_keys": [
                "ssh-ed25519 AAAA one",
                "ssh-ed25519 BBBB two"
              ],
              "mycelium_key": "89a517ab14586eccfcff177f6f10442231669d89512c0294eb4921b516649c43",
              "mycelium_ip_seed": "cb34dbf3d66d"
            }
            """));
    }

    [Test]
    public void A_network_that_is_provisioned_but_not_preferred_comes_last()
    {
        var network = new NetworkRequest
        {
            Provision = [NetworkKind.Wireguard, NetworkKind.Mycelium],
            Prefer = [NetworkKind.PublicIpv4, NetworkKind.Mycelium],
        };

        Assert.That(
            Sample.Variables(Sample.Options(), network)["networks"], Is.EqualTo(new[] { "mycelium", "wireguard" }));
    }

    private static string Json(PatternOptions options, NetworkRequest network) =>
        JsonSerializer.Serialize(Sample.Variables(options, network), Indented);
}
