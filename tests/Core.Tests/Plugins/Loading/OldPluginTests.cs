using System.Text.Json;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>
/// A binary built against the first SDK (scripts/rebuild-old-plugin.sh) in today's host. It calls every member that its source uses, so
/// one whose signature changed throws MissingMethodException here.
/// </summary>
public sealed class OldPluginTests
{
    private static readonly string Folder = Path.Combine(Builds.Repository, "tests/Core.Tests/Assets/old-plugin");

    private static readonly HostFacts Vm = new()
    {
        Name = "vm",
        Role = "vm",
        NodeId = 7,
        Addresses = [new(NetworkKind.Wireguard, "10.1.2.2")],
    };

    private static readonly PatternOptions Options = new(new Dictionary<string, object> { ["cpu"] = 4L });

    private static readonly DeploymentFacts Facts = new()
    {
        DeploymentId = "d1",
        AppName = "app",
        Hosts = [Vm],
        Options = Options,
        Ports = [new(8080, "http")],
    };

    private IPattern _pattern = null!;

    [OneTimeSetUp]
    public void LoadIt()
    {
        PatternCatalogEntry entry = PluginCatalog.Open(Folder);
        Assert.That(entry.Problem, Is.Null);
        _pattern = PatternHost.Load(entry);
    }

    [Test]
    public void It_is_bound_to_the_first_contract_and_not_to_todays_build()
    {
        using var descriptor = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, PluginDescriptor.FileName)));

        Assert.That(descriptor.RootElement.GetProperty("contract").GetString(), Is.EqualTo("1.0"));
        Assert.That(descriptor.RootElement.TryGetProperty("crc32c", out _), Is.False, "the first SDK wrote no checksum");
    }

    [Test]
    public void Its_declaration_is_read()
    {
        PatternDeclaration declaration = _pattern.Declaration;

        Assert.That(declaration.Options.Select(option => option.Name), Is.EqualTo(new[] { "cpu", "disk", "size" }));
        Assert.That(declaration.Requires.Concat(declaration.Roles.Select(role => role.Name)), Is.EqualTo(new[] { "terraform", "vm" }));
        Assert.That(declaration.Outputs.Single().Name + declaration.Commands.Single().Command[1], Is.EqualTo("extra-p"));
        Assert.That(_pattern.Failure.DestroyBeforeRetry, Is.EqualTo(new[] { "grid_deployment.vm" }));
        Assert.That(_pattern.Files.Select(file => file.Path), Is.EqualTo(new[] { "infrastructure/main.tf", "platform/site.yml" }));
    }

    [Test]
    public void It_decides_topology_and_variables()
    {
        Topology topology = _pattern.Topology(new() { AppName = "app", Options = Options });
        IReadOnlyDictionary<string, object?> variables = _pattern.Variables(new()
        {
            DeploymentId = "d1",
            Hosts = [new(topology.Hosts[0], 7)],
            IpRange = "10.1.0.0/16",
            SshPublicKeys = ["ssh-ed25519 x"],
            Keys = new(new byte[16]),
            Options = Options,
        });

        Assert.That((topology.Hosts[0].Cpu, topology.Hosts[0].Networks[0]), Is.EqualTo((4, NetworkKind.Wireguard)));
        Assert.That(_pattern.Topology(new() { AppName = "impossible", Options = Options }).Problems.Single().Option, Is.EqualTo("cpu"));
        Assert.That((variables["solution_type"], variables["node_id"], variables["grid_network"]), Is.EqualTo(("tfc/d1", 7, "main")));
        Assert.That((string)variables["key"]!, Has.Length.EqualTo(8));
    }

    [Test]
    public void It_reads_outputs_and_judges_them()
    {
        Dictionary<string, JsonElement> outputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{ "primary_ip": "10.1.2.2", "primary_ip_type": "wireguard", "deployment_name": "vm", "node_ids": [7] }""")!;
        OutputsRequest good = new() { Outputs = outputs, Hosts = [], IpRange = "10.1.0.0/16" };

        Assert.That(_pattern.ReadOutputs(good).Values!.PrimaryIp, Is.EqualTo("10.1.2.2"));
        Assert.That(
            _pattern.ReadOutputs(good with { IpRange = "10.9.0.0/16" }).Violations.Select(violation => violation.Output),
            Is.EqualTo(new[] { "primary_ip", "extra" }));
    }

    [Test]
    public void It_says_what_happens_on_the_machines()
    {
        Inventory inventory = _pattern.Inventory(Facts);
        IReadOnlyList<TransitionStep> steps = _pattern.Transition(
            new() { Current = Facts, Planned = [new(new() { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 512, DiskGb = 1 }, 7)] });

        Assert.That(
            (inventory.Groups.Single().Name, inventory.Variables["app"], inventory.Variables["wireguard"]),
            Is.EqualTo(("vm", "app", "10.1.2.2")));
        Assert.That(_pattern.AppTargets(Facts), Is.EqualTo(new[] { "vm" }));
        Assert.That(
            _pattern.Verification(Facts).Select(check => check.GetType()),
            Is.EqualTo(new[] { typeof(SshCheck), typeof(TcpCheck), typeof(HttpCheck), typeof(CommandCheck) }));
        Assert.That(
            _pattern.Endpoints(Facts).Select(endpoint => endpoint.Url),
            Is.EqualTo(new[] { "http://10.1.2.2:8080", "tcp://1.2.3.4:5" }));
        Assert.That(
            steps.Select(step => (step.When, step.Host)),
            Is.EqualTo(new[] { (TransitionTime.BeforeApply, "vm"), (TransitionTime.AfterApply, "vm") }));
    }
}
