using System.Text.Json;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

public sealed class FolderPatternTests
{
    private const string Cluster = """
        name: cluster
        version: 2.0.0
        roles:
          front: {description: Takes requests., memory: 1G}
          back-end: {count: replicas, cpu: 2, disk: disk, node: nodes}
        options:
          replicas: {type: integer, default: 2, min: 0}
          cpu: {type: integer, default: 1}
          disk: {type: size, default: 5000M}
          nodes: {type: integers}
          colour: {allowed: [red, blue], default: red}
          absent: {}
        variables:
          a: option.disk
          b: option.disk/GB
          c: {value: [1, "2", true, {x: 1.5}]}
          d: role.back-end.node_ids
          e: role.front.node_id
          f: key.mycelium/4
          g: role.back-end.disk/GB
          h: option.absent
          i: role.back-end.memory
          j: role.back-end.count
        inventory:
          groups: {web: front, everything: [back-end, front]}
          variables: {colour: option.colour, peers: role.back-end.addresses, fixed: {value: 1}}
        app_targets: back-end
        verification:
          - {tcp: 5432, role: back-end}
          - {http: /health, port: 8080, status: 204}
          - {command: [test, -e, /x]}
        failure: {destroy_before_retry: [grid_deployment.x]}
        """;

    private const string Variables = """
        variable "a" {}
        variable "b" {}
        variable "c" {}
        variable "d" {}
        variable "e" {}
        variable "f" {}
        variable "g" {}
        variable "h" {}
        variable "i" {}
        variable "j" {}
        variable "deployment_id" {}
        variable "solution_type" {}
        variable "grid_network" {}
        variable "ip_range" {}
        variable "ssh_keys" {}
        variable "networks" {}
        variable "ports" {}
        variable "node_id" {}
        variable "node_ids" {}
        variable "hosts" {}
        variable "replicas" {}
        """;

    [Test]
    public void Roles_become_machines_of_the_declared_sizes()
    {
        Topology topology = TopologyOf("config: {replicas: 2, nodes: [7]}\n");

        Assert.That(topology.Problems, Is.Empty);
        Assert.That(topology.Hosts.Select(host =>
            $"{host.Name} {host.Role} {host.Cpu} {host.MemoryMb} {host.DiskGb} {host.PinnedNode}"), Is.EqualTo(new[]
        {
            "front_1 front 1 1024 5 ",
            "back_end_1 back-end 2 1024 5 7",
            "back_end_2 back-end 2 1024 5 ",
        }));
        Assert.That(topology.Hosts[0].Networks, Is.EqualTo([NetworkKind.Mycelium, NetworkKind.Wireguard]));
    }

    [TestCase("cpu: 33", "The cpu of the role 'front' is 33, but must be from 1 to 32", "cpu")]
    [TestCase("disk: 20T", "The disk of the role 'front' is 20971520", "disk")]
    [TestCase("replicas: 300", "The count of the role 'back-end' is 300", "replicas")]
    [TestCase("nodes: [0]", "0 is not a node id", "nodes")]
    public void What_the_grid_cannot_make_is_a_problem_with_its_option(string option, string message, string name)
    {
        IReadOnlyList<PatternProblem> problems = TopologyOf($"config: {{{option}}}\n").Problems;

        Assert.That(problems[0].Message, Does.StartWith(message));
        Assert.That(problems[0].Option, Is.EqualTo(name));
    }

    [Test]
    public void An_option_without_a_value_cannot_size_a_machine()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal.Replace("cpu: 1", "cpu: cores", StringComparison.Ordinal)
            + "options: {cores: {type: integer}}\n");

        Assert.That(
            folder.Load().Topology(Request("", folder.Load())).Problems.Single().Message,
            Does.Contain("'cores', which has no value"));
    }

    [Test]
    public void Every_variable_gets_what_it_is_set_to()
    {
        using var folder = new PatternFolder(Cluster, Variables);
        IPattern pattern = folder.Load();
        TopologyRequest request = Request("config: {nodes: [4, 5]}\n", pattern);
        var keys = new DeploymentKeys(new byte[32]);

        IReadOnlyDictionary<string, object?> variables = pattern.Variables(new VariablesRequest
        {
            DeploymentId = "abc",
            Hosts = [.. pattern.Topology(request).Hosts.Select((host, i) => new AssignedHost(host, host.PinnedNode ?? 4))],
            IpRange = "10.9.0.0/16",
            SshPublicKeys = ["ssh-ed25519 AAAA"],
            Keys = keys,
            GridNetwork = "qa",
            Options = request.Options,
            Network = request.Network,
            Ports = [new(80, "http")],
        });

        Assert.That(JsonSerializer.Serialize(
            variables.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            PatternValueJson.Options)
            .ReplaceLineEndings("")
            .Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(
            $$"""
            {"a":5000,"b":5,"c":[1,"2",true,{"x":1.5}],"d":[4,5],"deployment_id":"abc","e":4,"f":"{{keys.Hex("mycelium", 4)}}","g":5,"grid_network":"qa","h":null,
            "hosts":[{"name":"front_1","role":"front","node_id":4,"cpu":1,"memory":1024,"disk":5120},
            {"name":"back_end_1","role":"back-end","node_id":4,"cpu":2,"memory":1024,"disk":5120},
            {"name":"back_end_2","role":"back-end","node_id":5,"cpu":2,"memory":1024,"disk":5120}],
            "i":1024,"ip_range":"10.9.0.0/16","j":2,"networks":["wireguard","mycelium"],"node_id":4,"node_ids":[4,5],"ports":[80],"replicas":2,"solution_type":"tfc/abc","ssh_keys":["ssh-ed25519AAAA"]}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void A_role_without_machines_leaves_its_facts_empty()
    {
        using var folder = new PatternFolder(Cluster, Variables);
        IPattern pattern = folder.Load();
        TopologyRequest request = Request("config: {replicas: 0}\n", pattern);

        IReadOnlyDictionary<string, object?> variables = pattern.Variables(new VariablesRequest
        {
            DeploymentId = "abc",
            Hosts = [.. pattern.Topology(request).Hosts.Select(host => new AssignedHost(host, 1))],
            IpRange = "10.9.0.0/16",
            SshPublicKeys = [],
            Keys = new DeploymentKeys(new byte[32]),
            Options = request.Options,
        });

        Assert.That(
            (variables["d"], variables["g"], variables["i"], variables["j"]),
            Is.EqualTo((Array.Empty<int>(), null as object, null as object, 0)));
    }

    [Test]
    public void The_inventory_targets_and_checks_follow_the_roles()
    {
        using var folder = new PatternFolder(Cluster, Variables);
        IPattern pattern = folder.Load();
        DeploymentFacts facts = FactsOf(pattern);

        Inventory inventory = pattern.Inventory(facts);

        Assert.Multiple(() =>
        {
            Assert.That(
                inventory.Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Hosts)}"),
                Is.EqualTo(["web: front_1", "everything: front_1 back_end_1"]));
            Assert.That(JsonSerializer.Serialize(inventory.Variables), Is.EqualTo("""{"colour":"red","peers":["10.9.0.3"],"fixed":1}"""));
            Assert.That(pattern.AppTargets(facts), Is.EqualTo(["back_end_1"]));
            Assert.That(pattern.Verification(facts).Select(check => check is CommandCheck command
                ? $"{command.Host} {string.Join(' ', command.Command)}"
                : check.ToString()), Is.EqualTo(new[]
            {
                new SshCheck("front_1").ToString(), new SshCheck("back_end_1").ToString(), new TcpCheck("back_end_1", 5432).ToString(),
                new HttpCheck("front_1", 8080, "/health", 204).ToString(), "front_1 test -e /x",
            }));
            Assert.That(pattern.Failure.DestroyBeforeRetry, Is.EqualTo(["grid_deployment.x"]));
        });
    }

    [Test]
    public void Without_a_word_each_role_is_a_group_and_the_primary_machine_carries_the_app()
    {
        using var folder = new PatternFolder(PatternFolder.Minimal.Replace("server:", "web-server:", StringComparison.Ordinal));
        IPattern pattern = folder.Load();
        var facts = new DeploymentFacts
        {
            DeploymentId = "abc",
            AppName = "app",
            Hosts = [new() { Name = "web_server_1", Role = "web-server", Addresses = [new(NetworkKind.Wireguard, "10.9.0.2")] }],
            Options = new(new Dictionary<string, object>()),
        };

        Assert.That(
            pattern.Inventory(facts).Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Hosts)}"),
            Is.EqualTo(["web_server: web_server_1"]));
        Assert.That(pattern.AppTargets(facts), Is.EqualTo(["web_server_1"]));
    }

    private static DeploymentFacts FactsOf(IPattern pattern) => new()
    {
        DeploymentId = "abc",
        AppName = "app",
        Hosts =
        [
            new() { Name = "front_1", Role = "front", NodeId = 1, Addresses = [new(NetworkKind.Wireguard, "10.9.0.2")] },
            new() { Name = "back_end_1", Role = "back-end", NodeId = 2, Addresses = [new(NetworkKind.Wireguard, "10.9.0.3")] },
        ],
        Options = Request("", pattern).Options,
    };

    private static Topology TopologyOf(string manifest)
    {
        using var folder = new PatternFolder(Cluster, Variables);
        IPattern pattern = folder.Load();
        return pattern.Topology(Request(manifest, pattern));
    }

    private static TopologyRequest Request(string manifest, IPattern pattern)
    {
        BoundOptions bound = OptionBinder.Bind(LocatedYaml.Parse("name: app\n" + manifest, "app.yaml"), pattern.Declaration);
        Assert.That(bound.Problems, Is.Empty);
        return new TopologyRequest
        {
            AppName = "app",
            Options = bound.Options,
            Network = new()
            {
                Provision = [NetworkKind.Mycelium, NetworkKind.Wireguard],
                Prefer = [NetworkKind.Wireguard, NetworkKind.Mycelium],
            },
        };
    }
}
