using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Records.Store;
using YamlDotNet.Serialization;

namespace TfgridCompose.Core.Tests.Records.Deployments;

public sealed class StateYamlTests
{
    private static readonly string[] Keys =
    [
        "app_name", "app_version", "pattern", "pattern_version", "deployment_id", "created_at", "vm_ip", "primary_ip",
        "primary_ip_type", "deployment_name",
        "node_ids", "mycelium_ip", "wg_interface", "network_name", "ssh_user", "ssh_key", "status", "last_updated",
    ];

    [Test]
    public void It_has_every_key_in_its_order()
    {
        string yaml = StateYaml.Of(TestHome.Record() with
        {
            Outputs = DeploymentStoreTests.Outputs(),
            WireguardInterface = "wg3",
            Status = DeploymentStatus.Running,
        });

        Assert.That(yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]), Is.EqualTo(Keys));
        Assert.That(
            yaml,
            Does.Contain("vm_ip: 127.0.0.1\n").And.Contain("node_ids: [2, 3]\n").And.Contain("wg_interface: wg3\n").And.Contain(
                "status: running\n"));
        Assert.That(yaml, Does.Contain("created_at: 2026-01-02T03:04:05Z\n"));
    }

    [Test]
    public void Before_the_machines_exist_it_has_the_same_keys()
    {
        string yaml = StateYaml.Of(TestHome.Record() with { Hosts = [] });

        Assert.That(yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]), Is.EqualTo(Keys));
        Assert.That(yaml, Does.Contain("primary_ip: \n").And.Contain("node_ids: []\n"));
    }

    [TestCase("net::")]
    [TestCase("-")]
    public void A_value_that_YAML_would_read_as_more_is_quoted(string name)
    {
        DeploymentRecord record = TestHome.Record() with
        {
            Outputs = new RecordedOutputs
            {
                PrimaryIp = "502::",
                PrimaryIpType = "mycelium",
                DeploymentName = "vm",
                NodeIds = [1],
                NetworkName = name,
            },
        };

        Assert.That(StateYaml.Of(record), Does.Contain("primary_ip: \"502::\"\n").And.Contain($"network_name: \"{name}\"\n"));
    }

    [Test]
    public void No_value_adds_a_line_of_its_own()
    {
        const string Forged = "x\nstatus: running";
        DeploymentRecord record = TestHome.Record() with
        {
            WireguardInterface = Forged,
            SshUser = Forged,
            Outputs = new RecordedOutputs
            {
                PrimaryIp = Forged,
                PrimaryIpType = Forged,
                DeploymentName = Forged,
                NodeIds = [1],
                MyceliumIp = Forged,
                NetworkName = Forged,
            },
            Hosts = [],
        };

        Assert.That(StateYaml.Of(record).TrimEnd('\n').Split('\n').Select(line => line.Split(':')[0]), Is.EqualTo(Keys));
    }

    [TestCase("plain-name_1.2")]
    [TestCase("it's: \"quoted\" #no comment")]
    [TestCase("- [a, b] {c}")]
    [TestCase("true")]
    [TestCase("NULL")]
    [TestCase("Yes")]
    [TestCase("~")]
    [TestCase("1.0")]
    [TestCase("0x1F")]
    [TestCase("two\nlines\ttab\\")]
    [TestCase("ünïcödé ✓ 𝄞")]
    [TestCase("@at `tick` !tag &anchor *alias %x")]
    [TestCase("2026-01-02")]
    public void Any_text_is_read_back_as_the_same_text(string name)
    {
        string yaml = StateYaml.Of(TestHome.Record() with { AppName = name, AppVersion = name });

        Dictionary<string, object?> read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization()
            .Build()
            .Deserialize<Dictionary<string, object?>>(yaml);

        Assert.That((read["app_name"], read["app_version"]), Is.EqualTo(((object)name, (object)name)));
    }
}
