using System.Text.Json;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class InventoryTests
{
    private static readonly HostAddress Private = new(NetworkKind.Wireguard, "10.42.2.2");

    [Test]
    public void A_private_machine_keeps_its_firewall()
    {
        Inventory inventory = Of(Sample.Options(), Private);

        Assert.That(JsonSerializer.Serialize(inventory.Variables), Is.EqualTo(
            """{"base_packages":["git","curl","build-essential"],"docker_enabled":false,"firewall_enabled":false,"""
            + "\"firewall_tcp_ports\":[22,8080],\"firewall_private_ranges\":[\"10.42.0.0/16\",\"100.64.0.0/16\"]}"));
    }

    [Test]
    public void A_public_machine_gets_a_firewall_that_accepts_its_own_networks()
    {
        Inventory inventory = Of(
            Sample.Options(("docker", true)),
            new(NetworkKind.PublicIpv6, "2001:db8::5"),
            new(NetworkKind.Mycelium, "502:1::5"));

        Assert.That(JsonSerializer.Serialize(inventory.Variables), Is.EqualTo(
            """{"base_packages":["git","curl","build-essential"],"docker_enabled":true,"firewall_enabled":true,"""
            + "\"firewall_tcp_ports\":[22,8080],\"firewall_private_ranges\":[\"400::/7\"]}"));
    }

    [Test]
    public void The_playbook_runs_on_the_inventorys_group()
    {
        InventoryGroup group = Of(Sample.Options(), Private).Groups.Single();
        string playbook = File.ReadAllText(Repository.Path("Patterns.SingleVm/Resources/platform/site.yml"));

        Assert.That(group.Hosts, Is.EqualTo(new[] { "vm" }));
        Assert.That(playbook, Does.Contain($"  hosts: {group.Name}\n"));
    }

    private static Inventory Of(PatternOptions options, params HostAddress[] addresses) =>
        new SingleVmPattern().Inventory(Sample.Deployed(options, addresses));
}
