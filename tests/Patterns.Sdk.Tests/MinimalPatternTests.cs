namespace TfgridCompose.Patterns.Sdk.Tests;

/// <summary>The base class's answers for a minimal pattern.</summary>
public sealed class MinimalPatternTests
{
    private static readonly MinimalPattern Pattern = new();

    private static readonly DeploymentFacts Deployed = new()
    {
        DeploymentId = "abc123xyz",
        AppName = "hello",
        Hosts =
        [
            Host("one", "node", "10.42.0.2"),
            Host("two", "node", "10.42.0.3"),
            Host("db", "data-base", "10.42.0.4"),
        ],
        Options = new PatternOptions(new Dictionary<string, object>()),
        Ports = [new PortSpec(80, "http")],
    };

    [Test]
    public void It_is_short()
    {
        string source = Path.Combine(TestContext.CurrentContext.TestDirectory, "MinimalPattern.cs");

        Assert.That(File.ReadLines(source).Count(line => line.Trim().Length > 0), Is.LessThan(40));
    }

    [Test]
    public void Each_role_is_an_Ansible_group_without_dashes()
    {
        Inventory inventory = Pattern.Inventory(Deployed);

        Assert.That(
            inventory.Groups.Select(group => $"{group.Name}: {string.Join(' ', group.Hosts)}"),
            Is.EqualTo(["node: one two", "data_base: db"]));
        Assert.That(inventory.Variables, Is.Empty);
    }

    [Test]
    public void The_app_goes_to_the_primary_host_and_SSH_is_checked_on_every_host()
    {
        Assert.That(Pattern.AppTargets(Deployed), Is.EqualTo(["one"]));
        Assert.That(
            Pattern.Verification(Deployed), Is.EqualTo([new SshCheck("one"), new SshCheck("two"), new SshCheck("db")]));
        Assert.That(Pattern.Endpoints(Deployed), Is.EqualTo([new Endpoint("http", "http://10.42.0.2")]));
    }

    [Test]
    public void A_failed_apply_can_be_retried_and_nothing_is_drained()
    {
        Assert.That(Pattern.Failure.DestroyBeforeRetry, Is.Empty);
        Assert.That(Pattern.Transition(new TransitionRequest { Current = Deployed, Planned = [] }), Is.Empty);
    }

    [Test]
    public void It_reads_the_contracts_outputs()
    {
        Assert.That(Pattern.ReadOutputs(Outputs.Request()).Values, Is.Not.Null);
        Assert.That(Pattern.ReadOutputs(Outputs.Request(("node_ids", null))).Violations, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_assembly_without_embedded_files_has_none()
    {
        Assert.That(Pattern.Files, Is.Empty);
    }

    [Test]
    public void Resources_have_the_deployments_tag()
    {
        var request = new VariablesRequest
        {
            DeploymentId = "abc123xyz",
            Hosts =
            [
                new AssignedHost(
                    Pattern.Topology(new TopologyRequest { AppName = "hello", Options = Deployed.Options }).Hosts[0],
                    8),
            ],
            IpRange = Outputs.IpRange,
            SshPublicKeys = [],
            Keys = new DeploymentKeys(new byte[32]),
            Options = Deployed.Options,
        };

        Assert.That(Pattern.Variables(request)["solution_type"], Is.EqualTo("tfc/abc123xyz"));
        Assert.That(request.GridNetwork, Is.EqualTo("main"));
    }

    private static HostFacts Host(string name, string role, string ip) =>
        new() { Name = name, Role = role, Addresses = [new HostAddress(NetworkKind.Wireguard, ip)] };
}
