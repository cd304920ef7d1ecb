using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Engine;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LocalEngineTests : IDisposable
{
    private readonly EngineLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void The_engine_makes_and_ends_networks_and_deployments()
    {
        EngineResponse network = _lab.Engine.Run(new EngineRequest(EngineRequest.ApplyNetwork) { Network = EngineLab.Network(1) });
        EngineResponse deployment = _lab.Engine.Run(
            new EngineRequest(EngineRequest.ApplyDeployment) { Deployment = EngineLab.Deployment(Worlds.Vm()) });
        Assert.That(network.Network!.Contracts, Has.Count.EqualTo(1));
        Assert.That(deployment.Deployment!.Vms, Has.Count.EqualTo(1));

        _lab.Engine.Run(new EngineRequest(EngineRequest.DeleteDeployment) { Id = $"{deployment.Deployment.Contract}" });
        Assert.That(_lab.World.Deployments, Is.Empty);
        _lab.Engine.Run(new EngineRequest(EngineRequest.DeleteNetwork) { Id = network.Network.Id.ToUpperInvariant() });
        Assert.That(_lab.World.Networks, Is.Empty);
    }

    [TestCase(EngineRequest.DeleteNetwork, "../../etc/passwd")]
    [TestCase(EngineRequest.DeleteDeployment, "1; rm")]
    [TestCase(EngineRequest.DeleteDeployment, "-1")]
    [TestCase(EngineRequest.DeleteDeployment, "99999999999999999999")]
    public void An_invalid_id_becomes_part_of_no_path(string operation, string id) => Assert.That(
        () => _lab.Engine.Run(new EngineRequest(operation) { Id = id }),
        Throws.TypeOf<GridException>().With.Message.EqualTo($"{id} is no id for {operation}"));

    [TestCase("format-disk")]
    [TestCase(EngineRequest.ApplyNetwork)]
    [TestCase(EngineRequest.DeleteDeployment)]
    public void A_request_that_is_unknown_or_not_complete_is_refused(string operation) => Assert.That(
        () => _lab.Engine.Run(new EngineRequest(operation)),
        Throws.TypeOf<GridException>().With.Message.EqualTo($"the engine does not know {operation}"));

    [Test]
    public void Behind_sudo_the_request_goes_to_standard_input_and_the_response_comes_back()
    {
        var request = new EngineRequest(EngineRequest.DeleteDeployment) { Id = "1007" };
        var response = new EngineResponse { Deployment = new DeploymentResult { Contract = 1007, IpRange = "10.1.2.0/24" } };
        _lab.Tools.Answer("sudo", output: JsonSerializer.Serialize(response, EngineJson.Default.EngineResponse));

        EngineResponse answer = new SudoEngine(_lab.Computer.Computer).Run(request);

        Assert.That(answer.Deployment!.Contract, Is.EqualTo(1007));
        Assert.That(_lab.Tools.Calls, Is.EqualTo(new[]
        {
            new ToolCall("sudo -n -- /opt/tfgrid-localgrid engine", """{"operation":"delete-deployment","id":"1007"}"""),
        }));
    }

    [Test]
    public void Behind_sudo_an_error_keeps_its_summary_and_its_place()
    {
        var failed = EngineResponse.Failed(new GridException("Address in use", "another vm has it", "vms", 1, "ip"));
        _lab.Tools.Answer("sudo", output: JsonSerializer.Serialize(failed, EngineJson.Default.EngineResponse));

        Assert.That(
            () => new SudoEngine(_lab.Computer.Computer).Run(new EngineRequest("x")),
            Throws.TypeOf<GridException>().With.Message.EqualTo("another vm has it")
                .And.Property("Summary").EqualTo("Address in use").And.Property("Path").EqualTo(new object[] { "vms", 1, "ip" }));
    }

    [Test]
    public void Where_sudo_refuses_its_words_and_the_line_to_add_are_shown()
    {
        _lab.Tools.Answer("sudo", exitCode: 1, errors: "sudo: a password is required\n");

        Assert.That(
            () => new SudoEngine(_lab.Computer.Computer).Run(new EngineRequest("x")),
            Throws.TypeOf<GridException>().With.Property("Summary").EqualTo("The local grid needs root")
                .And.Message.Contains($"{Environment.UserName} ALL=(root) NOPASSWD: /opt/tfgrid-localgrid\n")
                .And.Message.Contains("`sudo -n /opt/tfgrid-localgrid engine` was refused")
                .And.Message.EndsWith("sudo said: sudo: a password is required"));
    }

    [Test]
    public void A_request_keeps_all_of_its_values_on_the_way()
    {
        VmSpec vm = Worlds.Vm() with
        {
            Cpu = 3,
            RootfsMb = 2048,
            Ip = "10.1.2.9",
            PublicIp = true,
            PublicIp6 = true,
            MyceliumSeed = "010203040506",
            Entrypoint = "/init",
            Environment = new() { ["A"] = "1" },
            Mounts = [new MountSpec("data", "/data")],
        };
        var request = new EngineRequest(EngineRequest.ApplyDeployment)
        {
            Deployment = EngineLab.Deployment(vm) with { Contract = 7, Profile = "harsh", Disks = [new DiskSpec("data", 2)] },
        };

        string text = JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest);
        EngineRequest back = JsonSerializer.Deserialize(text, EngineJson.Default.EngineRequest)!;

        Assert.That(JsonSerializer.Serialize(back, EngineJson.Default.EngineRequest), Is.EqualTo(text));
        Assert.That(text, Is.EqualTo(OneLine.Of("""
            {"operation":"apply-deployment","deployment":{"contract":7,"node":1,"name":"vm","solution_type":"tfc/x","network_name":"net",
            "profile":"harsh","disks":[{"name":"data","size_gb":2}],
            "vms":[{"name":"one","flist":"https://hub/x.flist","entrypoint":"/init","cpu":3,"memory_mb":1024,"rootfs_mb":2048,
            "ip":"10.1.2.9","public_ip":true,"public_ip6":true,"mycelium_seed":"010203040506","environment":{"A":"1"},
            "mounts":[{"disk":"data","path":"/data"}]}]}}
            """)));
    }
}
