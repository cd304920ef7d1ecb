using System.Text.Json;
using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>The pattern's answers about existing machines.</summary>
public sealed class DeploymentTests
{
    [Test]
    public void The_playbook_uses_the_inventorys_groups()
    {
        Inventory inventory = new GatewayPattern().Inventory(Sample.Deployed(Sample.Options()));
        string playbook = File.ReadAllText(Repository.Path("Patterns.Gateway/Resources/platform/site.yml"));

        Assert.That(inventory.Groups.Select(group => group.Name), Is.EqualTo(new[] { "gateways", "backends" }));
        Assert.That(inventory.Groups[1].Hosts, Is.EqualTo(new[] { "backend1", "backend2" }));
        Assert.That(playbook, Does.Contain("hosts: gateways:backends\n").And.Contain("hosts: gateways\n"));
    }

    [Test]
    public void The_apps_port_is_that_of_the_first_web_service()
    {
        PatternOptions several = Sample.Options((GatewayOptions.Services, Sample.Services(
            Sample.Service(("name", "db"), ("type", "tcp"), ("port", 5432L)),
            Sample.Service(("name", "web"), ("port", 3000L), ("path", "/")),
            Sample.Service(("name", "api"), ("port", 9000L), ("path", "/api")))));
        PatternOptions none = Sample.Options((GatewayOptions.Services, Sample.Services(
            Sample.Service(("name", "db"), ("type", "tcp"), ("port", 5432L)))));

        Assert.That(new GatewayPattern().AppPort(Sample.Deployed(several)), Is.EqualTo(3000));
        Assert.That(new GatewayPattern().AppPort(Sample.Deployed(none)), Is.Null);
    }

    [Test]
    public void A_backend_opens_only_SSH_and_everything_to_the_private_network()
    {
        IReadOnlyDictionary<string, object?> variables = new GatewayPattern().Inventory(
            Sample.Deployed(Sample.Options())).Groups[1].Variables;

        Assert.That(JsonSerializer.Serialize(variables), Is.EqualTo(
            """{"packages_wanted":["nftables"],"firewall_sources":["10.42.0.0/16","100.64.0.0/16","10.42.2.2"],"firewall_ports":[22]}"""));
    }

    [Test]
    public void Backends_are_reached_over_the_network_in_the_manifest()
    {
        NetworkRequest both = Sample.Network(NetworkKind.Wireguard, NetworkKind.Mycelium);

        Assert.That(
            Backends(Sample.Deployed(Sample.Options(), network: both)), Is.EqualTo(new[] { "10.42.3.2", "10.42.4.2" }));
        Assert.That(
            Backends(Sample.Deployed(Sample.Options((GatewayOptions.InterNode, "mycelium")), network: both)),
            Is.EqualTo(new[] { "502:2::5", "502:3::5" }));
        Assert.That(
            Backends(Sample.Deployed(Sample.Options(), network: Sample.Network(NetworkKind.Mycelium))),
            Is.EqualTo(new[] { "502:2::5", "502:3::5" }));
    }

    [TestCase("wireguard", "10.42.2.2")]
    [TestCase("mycelium", "502:1::5")]
    public void The_gateway_listens_for_its_backends_on_the_network_that_leads_to_them(string network, string expected)
    {
        DeploymentFacts deployed = Sample.Deployed(
            Sample.Options((GatewayOptions.InterNode, network)),
            network: Sample.Network(NetworkKind.Wireguard, NetworkKind.Mycelium));

        Assert.That(Gateway(deployed)["gateway_private_address"], Is.EqualTo(expected));
    }

    [Test]
    public void Named_hosts_and_long_paths_are_matched_first()
    {
        PatternOptions options = Sample.Options((GatewayOptions.Services, Sample.Services(
            Sample.Service(("name", "all"), ("port", 1L)),
            Sample.Service(("name", "short"), ("port", 2L), ("path", "/a")),
            Sample.Service(("name", "long"), ("port", 3L), ("path", "/a/b/")),
            Sample.Service(("name", "named"), ("port", 4L), ("host", "API.example.org")))));

        var services = (Dictionary<string, object?>[])Gateway(Sample.Deployed(options))["gateway_services"]!;

        Assert.That(
            services.Select(service => $"{service["name"]} {service["host"]}{service["path"]}"),
            Is.EqualTo(new[] { "named api.example.org/", "long /a/b", "short /a", "all /" }));
    }

    [TestCase(false, null, "https://acme-v02.api.letsencrypt.org/directory")]
    [TestCase(true, null, "https://acme-staging-v02.api.letsencrypt.org/directory")]
    [TestCase(false, "https://ca.example.org/acme", "https://ca.example.org/acme")]
    public void Certificates_come_from_the_directory_in_the_manifest(bool staging, string? directory, string expected)
    {
        (string, object)[] given =
        [
            (GatewayOptions.Ssl, true),
            (GatewayOptions.SslStaging, staging),
            .. directory is null ? [] : new (string, object)[] { (GatewayOptions.AcmeDirectory, directory) },
        ];

        var ssl = (Dictionary<string, object?>)Gateway(Sample.Deployed(Sample.Options(given)))["gateway_ssl"]!;

        Assert.That(ssl["directory"], Is.EqualTo(expected));
    }

    [Test]
    public void The_app_is_on_the_backends_and_the_endpoints_are_on_the_gateway()
    {
        var pattern = new GatewayPattern();
        DeploymentFacts plain = Sample.Deployed(Sample.Options((GatewayOptions.Services, Sample.Services(
            Sample.Service(("name", "web"), ("port", 8080L)),
            Sample.Service(("name", "db"), ("type", "tcp"), ("port", 5432L))))));
        DeploymentFacts forwarded = Sample.Deployed(Sample.Options(
            (GatewayOptions.Mode, "nat"),
            (GatewayOptions.Domains, (IReadOnlyList<string>)["www.example.org"]),
            (GatewayOptions.Services, Sample.Services(Sample.Service(("name", "web"), ("port", 8080L), ("listen", 8000L))))));
        DeploymentFacts secure = Sample.Deployed(
            Sample.Options(
                (GatewayOptions.Ssl, true), (GatewayOptions.Domains, (IReadOnlyList<string>)["www.example.org"])));

        Assert.Multiple(() =>
        {
            Assert.That(pattern.AppTargets(plain), Is.EqualTo(new[] { "backend1", "backend2" }));
            Assert.That(
                pattern.Endpoints(plain).Select(endpoint => endpoint.Url),
                Is.EqualTo(new[] { "http://203.0.113.5", "tcp://203.0.113.5:5432" }));
            Assert.That(
                pattern.Endpoints(forwarded).Select(endpoint => endpoint.Url),
                Is.EqualTo(new[] { "http://www.example.org:8000", "http://203.0.113.5:8000" }));
            Assert.That(
                pattern.Endpoints(secure).Select(endpoint => endpoint.Url),
                Is.EqualTo(new[] { "https://www.example.org", "http://203.0.113.5" }));
            Assert.That(
                pattern.Verification(plain).OfType<TcpCheck>().Select(check => check.Port),
                Is.EqualTo(new[] { 80, 5432 }));
            Assert.That(pattern.Verification(plain).OfType<SshCheck>().Count(), Is.EqualTo(3));
        });
    }

    [Test]
    public void Removed_and_replaced_backends_are_drained_first()
    {
        DeploymentFacts current = Sample.Deployed(Sample.Options(), backends: 3);
        AssignedHost[] planned =
        [
            .. Sample.Topology(Sample.Options((GatewayOptions.Count, 2L))).Hosts
                .Select(host => new AssignedHost(host, 8)),
        ];

        IReadOnlyList<TransitionStep> steps = new GatewayPattern().Transition(
            new TransitionRequest { Current = current, Planned = planned, Replaced = ["backend1"] });

        Assert.That(steps.Select(step => $"{step.When} {step.Host} {string.Join(' ', step.Command.Skip(4))}"), Is.EqualTo(new[]
        {
            "BeforeApply gateway drain --even-last backend1", "BeforeApply gateway drain --even-last backend3",
        }));
    }

    [Test]
    public void A_gateway_that_is_replaced_drains_nothing() => Assert.That(
        new GatewayPattern().Transition(
            new TransitionRequest
            {
                Current = Sample.Deployed(Sample.Options()),
                Planned = [],
                Replaced = ["gateway"],
            }),
        Is.Empty);

    [Test]
    public void A_rollout_takes_a_backend_out_of_service_and_puts_it_back() => Assert.That(
        new GatewayPattern().Rollout(Sample.Deployed(Sample.Options()), "backend2").Select(
            step => $"{step.When} {step.Host} {string.Join(' ', step.Command.Skip(1))}"),
        Is.EqualTo(new[] { "BeforeHooks gateway drain backend2", "AfterHooks gateway ready backend2" }));

    private static IReadOnlyDictionary<string, object?> Gateway(DeploymentFacts deployment) =>
        new GatewayPattern().Inventory(deployment).Groups[0].Variables;

    private static IEnumerable<object?> Backends(DeploymentFacts deployment) =>
        ((Dictionary<string, object?>[])Gateway(deployment)["gateway_backends"]!).Select(backend => backend["address"]);
}
