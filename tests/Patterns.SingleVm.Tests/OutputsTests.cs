using System.Text.Json;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class OutputsTests
{
    [Test]
    public void All_addresses_belong_to_the_machine_the_preferred_one_first()
    {
        OutputsResult result = Read("""
            {
              "primary_ip": "203.0.113.5", "primary_ip_type": "public", "deployment_name": "vm_abc123xyz", "node_ids": [8],
              "secondary_ips": [
                { "name": "vm", "ip": "203.0.113.5", "type": "public", "role": "vm" },
                { "name": "vm", "ip": "10.42.2.2", "type": "wireguard", "role": "vm" },
                { "name": "vm", "ip": "502:1::5", "type": "mycelium", "role": "vm" }
              ],
              "mycelium_ip": "502:1::5", "network_name": "net_abc123xyz", "wg_config": "[Interface]"
            }
            """);

        Assert.That(result.Violations, Is.Empty);
        HostFacts host = result.Hosts.Single();
        Assert.That((host.Name, host.Role, host.NodeId), Is.EqualTo(("vm", "vm", 8)));
        Assert.That(host.Addresses, Is.EqualTo(new[]
        {
            new HostAddress(NetworkKind.PublicIpv4, "203.0.113.5"),
            new HostAddress(NetworkKind.Wireguard, "10.42.2.2"),
            new HostAddress(NetworkKind.Mycelium, "502:1::5"),
        }));
    }

    [Test]
    public void An_address_that_the_grid_did_not_assign_violates_the_contract()
    {
        OutputsResult result = Read("""
            {
              "primary_ip": "", "primary_ip_type": "public", "deployment_name": "vm_abc123xyz", "node_ids": [8],
              "secondary_ips": [{ "name": "vm", "ip": "", "type": "public", "role": "vm" }]
            }
            """);

        Assert.That(
            result.Violations.Select(violation => violation.Output),
            Is.EqualTo(new[] { "primary_ip", "secondary_ips[0]" }));
    }

    private static OutputsResult Read(string json)
    {
        var host = new HostSpec { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 256, DiskGb = 1 };
        return new SingleVmPattern().ReadOutputs(new OutputsRequest
        {
            Outputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!,
            Hosts = [new AssignedHost(host, 8)],
            IpRange = Sample.IpRange,
        });
    }
}
