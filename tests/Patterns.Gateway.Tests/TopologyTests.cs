using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway.Tests;

public sealed class TopologyTests
{
    [Test]
    public void One_public_gateway_and_the_requested_number_of_private_backends()
    {
        Topology topology = Sample.Topology(
            Sample.Options((GatewayOptions.Count, 3L), ("backend_cpu", 4L), ("backend_disk", 5121L)),
            Sample.Network(NetworkKind.Mycelium, NetworkKind.Wireguard, NetworkKind.PublicIpv6));

        Assert.That(topology.Problems, Is.Empty);
        Assert.That(topology.Hosts.Select(Shown), Is.EqualTo(new[]
        {
            "gateway gateway 1 1024 10 Mycelium+Wireguard+PublicIpv6+PublicIpv4",
            "backend1 backend 4 2048 6 Mycelium+Wireguard",
            "backend2 backend 4 2048 6 Mycelium+Wireguard",
            "backend3 backend 4 2048 6 Mycelium+Wireguard",
        }));

        static string Shown(HostSpec host) =>
            $"{host.Name} {host.Role} {host.Cpu} {host.MemoryMb} {host.DiskGb} {string.Join('+', host.Networks)}";
    }

    [Test]
    public void The_first_backends_get_the_named_nodes_and_the_others_any_node()
    {
        Topology topology = Sample.Topology(Sample.Options(
            (GatewayOptions.Count, 3L),
            ("gateway_nodes", (IReadOnlyList<long>)[1L]),
            ("backend_nodes", (IReadOnlyList<long>)[8L, 13L])));

        Assert.That(topology.Hosts.Select(host => host.PinnedNode), Is.EqualTo(new int?[] { 1, 8, 13, null }));
    }

    [Test]
    public void An_app_that_lists_ports_needs_no_services()
    {
        PatternOptions options = Sample.Options();
        var without = new PatternOptions(
            options.Values.Where(pair => pair.Key != GatewayOptions.Services).ToDictionary());

        var settings = GatewaySettings.Of(
            without, [new(22, "ssh"), new(8080, "http"), new(443, "https"), new(5432, "postgres"), new(9000)]);

        Assert.That(
            settings.Services.Select(service => (service.Name, service.Type, service.Port, settings.PublicPort(service))),
            Is.EqualTo(new (string, string, int, int?)[]
            {
                ("port8080", "http", 8080, null), ("postgres", "tcp", 5432, 5432), ("port9000", "tcp", 9000, 9000),
            }));
        Assert.That(settings.OpenPorts(), Is.EqualTo(new[] { 22, 80, 443, 5432, 9000 }));
    }

    [Test]
    public void Terraform_gets_the_machines_by_name()
    {
        PatternOptions options = Sample.Options((GatewayOptions.Count, 2L));
        NetworkRequest network = Sample.Network(NetworkKind.Wireguard, NetworkKind.Mycelium);
        AssignedHost[] hosts =
        [
            .. Sample.Topology(options, network).Hosts.Select((host, i) => new AssignedHost(host, i == 0 ? 1 : 8)),
        ];

        IReadOnlyDictionary<string, object?> variables = new GatewayPattern().Variables(new VariablesRequest
        {
            DeploymentId = "abc123xyz",
            Hosts = hosts,
            IpRange = "10.42.0.0/16",
            SshPublicKeys = ["ssh-ed25519 AAAA one"],
            Keys = new DeploymentKeys(new byte[32]),
            Options = options,
            Network = network,
        });

        var keys = (Dictionary<string, string>)variables["mycelium_keys"]!;
        var backends = (Dictionary<string, Dictionary<string, object?>>)variables["backends"]!;
        Assert.Multiple(() =>
        {
            Assert.That(variables["networks"], Is.EqualTo(new[] { "wireguard", "mycelium", "ipv4" }));
            Assert.That(backends.Keys, Is.EqualTo(new[] { "backend1", "backend2" }));
            Assert.That(backends["backend1"]["node_id"], Is.EqualTo(8));
            Assert.That(backends["backend1"]["rootfs_size"], Is.EqualTo(20480));
            Assert.That(
                backends["backend1"]["mycelium_ip_seed"], Is.Not.EqualTo(backends["backend2"]["mycelium_ip_seed"]));
            Assert.That(keys.Keys, Is.EqualTo(new[] { "1", "8" }), "a key for each node, not for each machine");
        });
    }
}
