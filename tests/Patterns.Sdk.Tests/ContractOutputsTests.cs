using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk.Tests;

/// <summary>Every violation of the contract is reported with its value.</summary>
public sealed class ContractOutputsTests
{
    private static readonly Outputs.Absent Absent = new();

    [Test]
    public void Complete_outputs_are_read()
    {
        OutputsResult result = Outputs.Read(
            ("mycelium_ip", "400:1::2"),
            ("network_name", "net"),
            ("wg_config", "[Interface]"),
            ("connection_info", new { ssh = "ssh root@x", port = 22 }));

        Assert.That(result.Violations, Is.Empty);
        ContractValues values = result.Values!;
        Assert.Multiple(() =>
        {
            Assert.That(
                (values.PrimaryIp, values.PrimaryIpType, values.DeploymentName, values.MyceliumIp),
                Is.EqualTo(("10.42.1.2", "wireguard", "vm_abc", "400:1::2")));
            Assert.That((values.NetworkName, values.WireguardConfig), Is.EqualTo(("net", "[Interface]")));
            Assert.That(values.NodeIds, Is.EqualTo([8]));
            Assert.That(
                values.ConnectionInfo,
                Is.EqualTo(new Dictionary<string, string> { ["ssh"] = "ssh root@x", ["port"] = "22" }));
            Assert.That(values.ToString(), Does.Not.Contain("Interface"), "the WireGuard configuration is a secret");
        });
        HostFacts host = result.Hosts.Single();
        Assert.That((host.Name, host.Role, host.NodeId), Is.EqualTo(("vm", "machine", 8)));
        Assert.That(
            host.Addresses,
            Is.EqualTo(
                [
                    new HostAddress(NetworkKind.Wireguard, "10.42.1.2"),
                    new HostAddress(NetworkKind.Mycelium, "400:1::2"),
                ]));
    }

    [TestCase("primary_ip")]
    [TestCase("primary_ip_type")]
    [TestCase("deployment_name")]
    [TestCase("node_ids")]
    public void A_required_output_is_missing_or_null(string name)
    {
        Assert.That(ContractOutputs.Required, Does.Contain(name));
        Assert.That(Outputs.Violations((name, Absent)), Is.EqualTo([$"{name} is missing"]));
        Assert.That(Outputs.Violations((name, null)), Is.EqualTo([$"{name} is missing"]));
    }

    [TestCase("primary_ip")]
    [TestCase("primary_ip_type")]
    [TestCase("deployment_name")]
    public void A_required_text_is_empty_or_of_another_type(string name)
    {
        Assert.That(Outputs.Violations((name, "")), Is.EqualTo([$"{name} is empty"]));
        Assert.That(Outputs.Violations((name, 5)), Is.EqualTo([$"{name} is 5, not a string"]));
        Assert.That(Outputs.Violations((name, new[] { "a" })), Is.EqualTo([$"{name} is [\"a\"], not a string"]));
        Assert.That(Outputs.Violations((name, true)), Is.EqualTo([$"{name} is true, not a string"]));
    }

    // They become lines and names of files.
    [TestCase("vm\nstatus: running")]
    [TestCase("vm\u001b[31m")]
    [TestCase("vm\u202egnp")]
    [TestCase("vm\u2028status: running")]
    public void A_name_is_one_line_of_plain_text(string text)
    {
        const string Reason = "contains a line break or another control character";

        Assert.That(Outputs.Violations(("deployment_name", text)), Is.EqualTo([$"deployment_name {Reason}"]));
        Assert.That(Outputs.Violations(("network_name", text)), Is.EqualTo([$"network_name {Reason}"]));
        Assert.That(
            Outputs.Violations(("connection_info", new Dictionary<string, string> { [text] = "x" })),
            Is.EqualTo([$"connection_info {Reason}"]));
    }

    [TestCase("../../x", "../../x")]
    [TestCase("a\nb", "a?b")]
    [TestCase("-x", "-x")]
    [TestCase("", "")]
    public void The_name_of_a_further_machine_is_a_plain_one(string name, string shown) => Assert.That(
        Outputs.Violations(("secondary_ips", new[] { new { name, ip = "10.42.1.3", type = "wireguard", role = "backend" } })),
        Is.EqualTo([$"secondary_ips[0] has the name '{shown}'"]));

    private static IEnumerable<object> BadNodes =>
    [
        Array.Empty<int>(),
        "8",
        8,
        new object[] { "8" },
        new[] { 0 },
        new[] { -1 },
        new[] { 1.5 },
        new object?[] { 8, null },
        new { a = 1 },
        new[] { 1L << 40 },
    ];

    [TestCaseSource(nameof(BadNodes))]
    public void Node_ids_are_a_list_of_positive_whole_numbers(object value)
    {
        string json = System.Text.Json.JsonSerializer.Serialize(value);

        Assert.That(
            Outputs.Violations(("node_ids", value)),
            Is.EqualTo([$"node_ids is {json}, not a non-empty list of node ids"]));
    }

    [Test]
    public void Several_node_ids_are_kept_in_their_order()
    {
        Assert.That(Outputs.Read(("node_ids", new[] { 9, 8 })).Values!.NodeIds, Is.EqualTo([9, 8]));
    }

    [TestCase("ipv4", "185.69.1.2", NetworkKind.PublicIpv4)]
    [TestCase("ipv6", "2a10::5", NetworkKind.PublicIpv6)]
    [TestCase("public", "2a10::5", NetworkKind.PublicIpv6)]
    [TestCase("public", "185.69.1.2", NetworkKind.PublicIpv4)]
    public void Public_addresses_have_three_type_names(string type, string ip, NetworkKind kind)
    {
        OutputsResult result = Outputs.Read(("primary_ip_type", type), ("primary_ip", ip));

        Assert.That(
            (result.Values!.PrimaryIpType, result.Hosts[0].Addresses[0]),
            Is.EqualTo(("public", new HostAddress(kind, ip))));
    }

    [TestCase("vpn")]
    [TestCase("Wireguard")]
    [TestCase("private")]
    public void Another_type_name_is_a_violation(string type)
    {
        Assert.That(Outputs.Violations(("primary_ip_type", type)), Is.EqualTo([$"primary_ip_type is '{type}'"]));
    }

    [TestCase("wireguard", "10.43.0.2", "is 10.43.0.2, outside the deployment's WireGuard range 10.42.0.0/16")]
    [TestCase("wireguard", "400::1", "is 400::1, outside the deployment's WireGuard range 10.42.0.0/16")]
    [TestCase("mycelium", "2001:db8::1", "is 2001:db8::1, outside Mycelium's range 400::/7")]
    [TestCase("mycelium", "10.42.0.2", "is 10.42.0.2, outside Mycelium's range 400::/7")]
    [TestCase("mycelium", "600::1", "is 600::1, outside Mycelium's range 400::/7")]
    [TestCase("public", "10.42.0.2", "is 10.42.0.2, which is not a public address")]
    [TestCase("public", "5ff::1", "is 5ff::1, which is not a public address")]
    [TestCase("public", "not-an-ip", "is 'not-an-ip', not an IP address")]
    [TestCase("wireguard", "10.42.0.2, 10.42.0.3", "is '10.42.0.2, 10.42.0.3', not an IP address")]
    public void An_address_must_fit_its_type(string type, string ip, string message)
    {
        Assert.That(
            Outputs.Violations(("primary_ip_type", type), ("primary_ip", ip)), Is.EqualTo([$"primary_ip {message}"]));
    }

    [Test]
    public void A_private_address_is_not_public(
        [Values(
            "192.168.1.2", "10.99.1.2", "172.16.0.9", "100.64.3.4", "127.0.0.1", "127.8.9.10", "0.0.0.0", "169.254.169.254", "198.18.0.1",
            "224.0.0.1", "255.255.255.255", "fe80::1", "::", "::1", "ff02::1", "fec0::1", "fd00::1")]
        string ip) => Assert.That(
        Outputs.Violations(("primary_ip_type", "public"), ("primary_ip", ip)),
        Is.EqualTo([$"primary_ip is {ip}, which is not a public address"]));

    // What the library takes for 127.0.0.1 and for an interface of this computer.
    [TestCase("0x7f.1", "is '0x7f.1', not an IP address")]
    [TestCase("2130706433", "is '2130706433', not an IP address")]
    [TestCase("127.1", "is '127.1', not an IP address")]
    [TestCase("0177.0.0.1", "is '0177.0.0.1', not an IP address")]
    [TestCase("2a10::5%-oProxyCommand=id", "is '2a10::5%-oProxyCommand=id', not an IP address")]
    [TestCase("2a10::5%eth0", "is '2a10::5%eth0', not an IP address")]
    [TestCase("::ffff:127.0.0.1", "is ::ffff:127.0.0.1, which is not a public address")]
    [TestCase("::ffff:10.1.2.3", "is ::ffff:10.1.2.3, which is not a public address")]
    public void An_address_in_disguise_is_refused(string ip, string message) => Assert.That(
        Outputs.Violations(("primary_ip_type", "public"), ("primary_ip", ip)), Is.EqualTo([$"primary_ip {message}"]));

    [TestCase("wireguard", "10.42.1.2/16", "10.42.1.2")]
    [TestCase("public", "185.69.1.2/24", "185.69.1.2")]
    [TestCase("mycelium", "500:0:0::7/64", "500::7")]
    public void A_prefix_length_is_stripped(string type, string given, string ip)
    {
        OutputsResult result = Outputs.Read(("primary_ip_type", type), ("primary_ip", given));

        Assert.That((result.Values!.PrimaryIp, result.Hosts[0].Address), Is.EqualTo((ip, ip)));
    }

    [Test]
    public void Empty_and_null_optional_outputs_are_absent()
    {
        ContractValues values = Outputs.Read(
            ("mycelium_ip", ""),
            ("network_name", null),
            ("wg_config", null),
            ("secondary_ips", null),
            ("connection_info", null)).Values!;

        Assert.That(
            (values.MyceliumIp, values.NetworkName, values.WireguardConfig, values.ConnectionInfo.Count),
            Is.EqualTo(((string?)null, (string?)null, (string?)null, 0)));
    }

    [TestCase("mycelium_ip", "10.42.0.9", "is 10.42.0.9, outside Mycelium's range 400::/7")]
    [TestCase("mycelium_ip", 4, "is 4, not a string")]
    [TestCase("network_name", false, "is false, not a string")]
    [TestCase("wg_config", 1, "is 1, not a string")]
    [TestCase("connection_info", "ssh", "is \"ssh\", not a map")]
    [TestCase("secondary_ips", "10.42.0.3", "is \"10.42.0.3\", not a list")]
    public void An_optional_output_is_checked_too(string name, object value, string message)
    {
        Assert.That(Outputs.Violations((name, value)), Is.EqualTo([$"{name} {message}"]));
    }

    [Test]
    public void Secondary_addresses_of_a_known_host_are_its_own_and_others_are_new_hosts()
    {
        OutputsResult result = Outputs.Read(("secondary_ips", new[]
        {
            new { name = "vm", ip = "10.42.1.2", type = "wireguard", role = "ignored" },
            new { name = "vm", ip = "185.69.1.2/24", type = "ipv4", role = "ignored" },
            new { name = "db", ip = "10.42.2.2", type = "wireguard", role = "ignored" },
            new { name = "extra", ip = "401::2", type = "mycelium", role = "guest" },
        }));

        Assert.That(result.Hosts.Select(Shown), Is.EqualTo([
            "vm machine 8 10.42.1.2 185.69.1.2",
            "db machine 9 10.42.2.2",
            "extra guest 0 401::2",
        ]));

        static string Shown(HostFacts host) =>
            $"{host.Name} {host.Role} {host.NodeId} {string.Join(' ', host.Addresses.Select(address => address.Ip))}";
    }

    [Test]
    public void Each_bad_secondary_address_is_named_by_its_index()
    {
        Assert.That(Outputs.Violations(("secondary_ips", new object?[]
        {
            new { name = "vm", ip = "10.42.1.2", type = "wireguard", role = "vm" },
            new { name = "vm", ip = "10.42.1.2", type = "wireguard" },
            "10.42.1.3",
            new { name = "vm", ip = "10.99.1.2", type = "wireguard", role = "vm" },
            new { name = "vm", ip = "10.42.1.2", type = "lan", role = "vm" },
            new { name = "vm", ip = 7, type = "wireguard", role = "vm" },
        })), Is.EqualTo([
            "secondary_ips[1] is {\"name\":\"vm\",\"ip\":\"10.42.1.2\",\"type\":\"wireguard\"}",
            "secondary_ips[2] is \"10.42.1.3\"",
            "secondary_ips[3] is 10.99.1.2, outside the deployment's WireGuard range 10.42.0.0/16",
            "secondary_ips[4] is 'lan'",
            "secondary_ips[5] is {\"name\":\"vm\",\"ip\":7,\"type\":\"wireguard\",\"role\":\"vm\"}",
        ]));
    }

    [Test]
    public void All_violations_are_reported_at_once()
    {
        IReadOnlyList<string> all = Outputs.Violations(
            ("primary_ip", "x"),
            ("primary_ip_type", "vpn"),
            ("deployment_name", Absent),
            ("node_ids", "8"),
            ("mycelium_ip", "::1"),
            ("connection_info", 3),
            ("secondary_ips", 4));

        Assert.That(all.Select(violation => violation.Split(' ')[0]), Is.EquivalentTo([
            "primary_ip_type",
            "primary_ip",
            "deployment_name",
            "node_ids",
            "secondary_ips",
            "mycelium_ip",
            "connection_info",
        ]));
    }

    [Test]
    public void What_is_there_twice_counts_once()
    {
        OutputsRequest request = Outputs.Request();
        var outputs = new Dictionary<string, JsonElement>(request.Outputs)
        {
            ["connection_info"] = JsonElement.Parse("""{"ssh":"a","ssh":"b"}"""),
        };

        Assert.That(ContractOutputs.Read(request with { Outputs = outputs }).Values!.ConnectionInfo, Has.Count.EqualTo(1));
    }

}
