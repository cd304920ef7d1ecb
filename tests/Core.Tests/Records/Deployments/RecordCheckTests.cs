using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Payloads;

namespace TfgridCompose.Core.Tests.Records.Deployments;

/// <summary>An edited record, or another machine's, does not become a path, an option or an address of its own choice.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RecordCheckTests : IDisposable
{
    private static readonly DeploymentRecord Full = TestHome.Record() with
    {
        Outputs = new RecordedOutputs
        {
            PrimaryIp = "10.42.1.2",
            PrimaryIpType = "wireguard",
            DeploymentName = "hello",
            NodeIds = [2],
            MyceliumIp = "400::1",
        },
        WireguardInterface = "wg0",
        LogService = "hello@1.service",
        LogLocation = "/var/log/hello.log",
        AppHosts = ["vm"],
        Checks = [new RecordedCheck { Kind = "http", Host = "vm", Port = 8080, Path = "/", Status = 200 }],
    };

    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void A_whole_one_is_right() => Assert.That(RecordCheck.ProblemOf(Full), Is.Null);

    // What manifests and patterns of all versions could say.
    [TestCase("log_location", "\"\"")]
    [TestCase("log_service", "\"-x\"")]
    [TestCase("checks/0/path", "\"x\"")]
    [TestCase("hosts/0/name", "\"db.internal\"")]
    [TestCase("hosts/0/name", "\"böse_1\"")]
    [TestCase("name", "\"it's\"")]
    public void What_cannot_act_is_no_reason_to_refuse_it(string member, string value)
    {
        JsonNode edited = JsonSerializer.SerializeToNode(Full, RecordJson.Default.DeploymentRecord)!;
        Set(edited, member.Split('/'), JsonNode.Parse(value));

        Assert.That(RecordEnvelope.Parse(SharedWith(edited), "s3://x").Payload!.Record!.Id, Is.EqualTo(Full.Id));
    }

    [TestCase("id", "\"../../Documents\"")]
    [TestCase("id", "\"\"")]
    [TestCase("ssh_user", "\"-oProxyCommand=touch /tmp/x;\"")]
    [TestCase("ssh_user", "\"root x\"")]
    [TestCase("ip_range", "\"10.0.0.0/8; reboot\"")]
    [TestCase("wireguard_interface", "\"../x\"")]
    [TestCase("hosts", "null")]
    [TestCase("hosts", "[null]")]
    [TestCase("hosts/0/name", "\"../vm\"")]
    [TestCase("hosts/0/name", "\"-vm\"")]
    [TestCase("hosts/0/name", "null")]
    [TestCase("hosts/0/ssh_address", "\"-oProxyCommand=id\"")]
    [TestCase("hosts/0/ssh_address", "\"attacker.example.com\"")]
    [TestCase("hosts/0/addresses", "null")]
    [TestCase("hosts/0/addresses", "[{\"network\":\"wireguard\",\"ip\":\"x\"}]")]
    [TestCase("app_hosts", "[\"../vm\"]")]
    [TestCase("commands", "[null]")]
    [TestCase("commands", "[{\"name\":\"a\",\"description\":\"b\",\"role\":null,\"command\":[\"a\"]}]")]
    [TestCase("commands", "[{\"name\":\"a\",\"description\":\"b\",\"role\":\"vm\",\"command\":[null]}]")]
    [TestCase("checks/0/port", "70000")]
    [TestCase("checks/0/host", "\"-x\"")]
    [TestCase("outputs/primary_ip", "\"$(id)\"")]
    [TestCase("outputs/mycelium_ip", "\"-x\"")]
    [TestCase("outputs/node_ids", "null")]
    [TestCase("hosts/0/ssh_address", "\"fe80::1%1\\nlocalhost ansible_connection=local\"")]
    [TestCase("hosts/0/addresses", "[{\"network\":\"pigeon\",\"ip\":\"10.42.1.2\"}]")]
    [TestCase("hosts/0/name", "\"[all:vars]\"")]
    [TestCase("hosts/0/name", "\"vm'\"")]
    [TestCase("hosts/0/role", "\"a\\u0000b\"")]
    [TestCase("ip_range", "\"0.0.0.0/0\"")]
    [TestCase("ip_range", "\"10.300.0.0/16\"")]
    [TestCase("seed", "\"not hexadecimal\"")]
    [TestCase("app_path", "\"/apps/\\u0000\"")]
    [TestCase("app_version", "\"1\\u0000\"")]
    [TestCase("ssh_key", "\"/k\\nlocalhost ansible_connection=local\"")]
    [TestCase("outputs/deployment_name", "\"vm\\nstatus: running\"")]
    [TestCase("outputs/primary_ip", "\"[::1]:22\"")]
    [TestCase("secret_prints", "[{\"length\":-1,\"hash\":\"x\"}]")]
    [TestCase("tunnel", "{\"host\":\"h\",\"user\":\"u\",\"interface\":\"../x\",\"since\":\"2026-01-02T03:04:05Z\"}")]
    [TestCase("checks", "[null]")]
    [TestCase("pending_steps", "[null]")]
    [TestCase("contracts", "[null]")]
    [TestCase("commands", "[null]")]
    public void What_could_act_otherwise_is_refused_wherever_the_record_comes_from(string member, string value)
    {
        JsonNode edited = JsonSerializer.SerializeToNode(Full, RecordJson.Default.DeploymentRecord)!;
        Set(edited, member.Split('/'), JsonNode.Parse(value));

        string shared = SharedWith(edited);
        Assert.That(
            Assert.Throws<DiagnosticException>(() => RecordEnvelope.Parse(shared, "s3://x"))!.Diagnostics[0].Code,
            Is.EqualTo(SharedStateCodes.OtherDeployment));
        if (value == "null")
        {
            // Our own reader takes it for an empty list.
            return;
        }

        _home.Add(Full);
        File.WriteAllText(_home.Home.Deployment(Full.Id).Record, edited.ToJsonString());
        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => _home.Store.Load(Full.Id))!;
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Conflict));
    }

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (string step in path[..^1])
        {
            node = int.TryParse(step, out int index) ? node[index]! : node[step]!;
        }

        node[path[^1]] = value;
    }

    private static string SharedWith(JsonNode record)
    {
        JsonNode payload = JsonSerializer.SerializeToNode(new SharedPayload(), SharedJson.Default.SharedPayload)!;
        payload["record"] = record.DeepClone();
        JsonNode state = JsonNode.Parse(new RecordEnvelope("l", 1, null).Next(new SharedPayload()))!;
        state["outputs"]!["tfgrid_compose"]!["value"] = payload.ToJsonString();
        return state.ToJsonString();
    }
}
