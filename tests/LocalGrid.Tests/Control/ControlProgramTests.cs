using System.Text.Json;
using TfgridCompose.LocalGrid.Control;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.Tests.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Control;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ControlProgramTests : IDisposable
{
    private readonly ControlLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase]
    [TestCase("help")]
    [TestCase("--help")]
    public void Help_lists_the_verbs(params string[] args)
    {
        ControlLab.Result result = _lab.Run(args);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(result.Output, Is.EqualTo(Help.Text + "\n"));
        string[] verbs =
            ["query", "image ensure", "requirements", "status", "start", "prune", "reset", "cancel", "fault", "machine stop", "mirror"];
        foreach (string verb in verbs)
        {
            Assert.That(result.Output, Does.Contain($"\n  {verb}"));
        }
    }

    [TestCase("nothing")]
    [TestCase("image build")]
    [TestCase("reset --everything")]
    [TestCase("machine restart tfl-v1")]
    [TestCase("status now")]
    [TestCase("image ensure --profile rough")]
    public void A_verb_that_does_not_exist_is_named_and_the_others_listed(string line)
    {
        ControlLab.Result result = _lab.Run(line);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Errors, Is.EqualTo($"unknown verb: {line}\n{Help.Text}\n"));
    }

    [Test]
    public void The_version_names_the_provider_too() =>
        Assert.That(_lab.Run("version").Output, Does.Match(@"^[0-9]+\.[0-9]+\.[0-9]+ \(threefoldtech/grid 1\.11\.1\)\n$"));

    [Test]
    public void A_query_is_answered_in_json()
    {
        _lab.Computer.Write("/proc/net/fib_trie", "     |-- 203.0.113.10\n");

        ControlLab.Result result = _lab.Run("query /farms?farm_id=1&free_ips=32");

        Assert.That(result.Output, Is.EqualTo("{\"status\":200,\"headers\":{},\"body\":[]}\n"), "one of the 32 is this computer's");
        Assert.That(_lab.Run("query /nodes").Json.GetProperty("body").GetArrayLength(), Is.EqualTo(8));
    }

    [Test]
    public void A_mirror_is_written_where_it_was_asked_for()
    {
        string folder = _lab.Computer.In("/mirror");

        Assert.That(_lab.Run(["mirror", folder]).Output, Is.EqualTo(folder + "\n"));
        Assert.That(ProviderMirror.Files(folder), Has.All.Exist);
    }

    [Test]
    public void An_expected_problem_is_one_line_and_exit_code_4()
    {
        ControlLab.Result result = _lab.Run("machine stop tfl-v9");

        Assert.That(result, Is.EqualTo(new ControlLab.Result(4, "", "Unknown machine: there is no machine tfl-v9; none is deployed\n")));
    }

    [Test]
    public void A_world_that_cannot_be_read_is_one_line_and_exit_code_4()
    {
        _lab.Computer.Write("/grid/world.json", "{");

        ControlLab.Result result = _lab.Run("status");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
        Assert.That(result.Errors, Does.StartWith("JsonException: "));
    }

    [Test]
    public void Image_ensure_reports_each_step_as_a_line_of_json()
    {
        ControlLab.Result first = _lab.Run("image ensure");
        string path = Directory.GetDirectories(_lab.Computer.Paths.Images).Single();

        Assert.That(first.Output.Split('\n'), Is.EqualTo(new[]
        {
            """{"event":"progress","message":"building the base image (bookworm); this happens once and takes about half a minute"}""",
            $$"""{"event":"done","path":"{{path}}","built":true}""",
            "",
        }));
        Assert.That(_lab.Run("image ensure").Output, Is.EqualTo($$"""{"event":"done","path":"{{path}}","built":false}""" + "\n"));
    }

    /// <summary>sudo passes no variables on, so that the profile is an argument for it.</summary>
    [Test]
    public void The_image_is_that_of_the_profile_also_for_a_user_with_sudo()
    {
        _lab.Run("image ensure");
        _lab.Computer.Variables["TFGRID_LOCALGRID_PROFILE"] = "harsh";

        ControlLab.Result harsh = _lab.Run("image ensure");
        Assert.That(harsh.Output, Does.Contain("(bookworm, harsh)").And.EndWith("\"built\":true}\n"));
        Assert.That(_lab.Run("image ensure --profile harsh").Output, Does.EndWith("\"built\":false}\n"));

        AsUserOfTheRealWorld();
        _lab.Run("image ensure");
        Assert.That(
            _lab.Computer.Tools.Commands.Last(), Is.EqualTo("sudo -n -- /opt/tfgrid-localgrid image ensure --profile harsh"));
    }

    [Test]
    public void The_engine_reads_a_request_and_writes_a_response()
    {
        var request = new EngineRequest(EngineRequest.ApplyNetwork) { Network = EngineLab.Network(1) };

        ControlLab.Result result = _lab.Run(["engine"], JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest));

        EngineResponse response = JsonSerializer.Deserialize(result.Output, EngineJson.Default.EngineResponse)!;
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(response.Network!.Id, Is.EqualTo(_lab.World.Networks.Single().Id));
    }

    [TestCase("null", """{"error_summary":"Bad engine request","error_detail":"the request is empty","error_path":[]}""")]
    [TestCase(
        """{"operation":"x"}""",
        """{"error_summary":"Bad engine request","error_detail":"the engine does not know x","error_path":[]}""")]
    [TestCase(
        """{"operation":"\u001b[2J"}""",
        """{"error_summary":"Bad engine request","error_detail":"the engine does not know ?[2J","error_path":[]}""")]
    public void The_engine_answers_a_bad_request_with_an_error(string request, string response) =>
        Assert.That(_lab.Run(["engine"], request), Is.EqualTo(new ControlLab.Result(0, response, "")));

    /// <summary>Nothing is guessed: what cannot be read exactly is refused before root acts.</summary>
    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"operation":"delete-network","operation":"delete-network","id":"1"}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":"n","ip_range":"10.1.0.0/16","subnets":{"1":"a","1":"b"}}}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":null,"ip_range":"10.1.0.0/16"}}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":"n"}}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":"n","ip_range":"10.1.0.0/16","nodes":null}}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":"n","ip_range":"10.1.0.0/16","nodes":[1e99]}}""")]
    [TestCase("""{"operation":"apply-network","network":{"name":"n","ip_range":"10.1.0.0/16","unknown":1}}""")]
    [TestCase("""{"operation":"apply-deployment","deployment":{"node":1,"name":"d","disks":[{"name":"a"}]}}""")]
    [TestCase("""{"operation":"apply-deployment","deployment":{"node":99999999999,"name":"d"}}""")]
    public void A_request_that_is_not_exactly_one_is_refused_and_nothing_is_done(string request)
    {
        ControlLab.Result result = _lab.Run(["engine"], request);

        Assert.That(result.ExitCode, Is.Zero, "the answer is for a program");
        Assert.That(result.Output, Does.StartWith("""{"error_summary":"Bad engine request","error_detail":"the request cannot be read"""));
        Assert.That(_lab.Computer.Tools.Calls, Is.Empty);
        Assert.That(_lab.World.Networks, Is.Empty);
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_request_that_is_deep_or_has_no_end_is_refused()
    {
        Assert.That(_lab.Run(["engine"], new string('[', 1_000_000)).Output, Does.Contain("the request cannot be read"));
        Assert.That(_lab.Run(["engine"], new string(' ', 5_000_000)).Output, Does.Contain("the request is longer than 4194304 characters"));
    }

    [Test]
    public void An_error_of_the_file_system_in_the_engine_is_a_response_as_well()
    {
        _lab.Computer.Remove("/proc/sys/net/ipv4/ip_forward");
        var request = new EngineRequest(EngineRequest.ApplyNetwork) { Network = EngineLab.Network(1) };

        ControlLab.Result result = _lab.Run(["engine"], JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest));

        EngineResponse response = JsonSerializer.Deserialize(result.Output, EngineJson.Default.EngineResponse)!;
        Assert.That((result.ExitCode, response.ErrorSummary), Is.EqualTo((0, "The local grid failed")));
        Assert.That(response.ErrorDetail, Does.Contain("ip_forward"));
    }

    [Test]
    public void A_user_becomes_root_by_sudo_on_their_terminal()
    {
        AsUserOfTheRealWorld();
        _lab.Computer.Tools.Answer("sudo -n -- /opt/tfgrid-localgrid prune", exitCode: 7);

        ControlLab.Result result = _lab.Run("prune");

        Assert.That(result, Is.EqualTo(new ControlLab.Result(7, "", "")));
        Assert.That(_lab.Computer.Tools.Commands, Is.EqualTo(new[]
        {
            "sudo -n -- /opt/tfgrid-localgrid version",
            "sudo -n -- /opt/tfgrid-localgrid prune",
        }));
    }

    [Test]
    public void A_user_whom_sudo_refuses_is_told_what_to_allow()
    {
        AsUserOfTheRealWorld();
        _lab.Computer.Tools.Answer("sudo", exitCode: 1);

        ControlLab.Result result = _lab.Run("prune");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, "")));
        Assert.That(result.Errors, Does.Contain("NOPASSWD: /opt/tfgrid-localgrid"));
    }

    [Test]
    public void A_user_needs_no_root_for_a_world_of_their_own()
    {
        _lab.Computer.Kernel.IsRoot = false;

        Assert.That(_lab.Run("fault clear").ExitCode, Is.Zero);
        Assert.That(_lab.Computer.Tools.Calls, Is.Empty);
    }

    private void AsUserOfTheRealWorld()
    {
        _lab.Computer.Kernel.IsRoot = false;
        _lab.Store = new WorldStore(new WorldPaths(WorldPaths.DefaultRoot), TimeProvider.System);
    }
}
