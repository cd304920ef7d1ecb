using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A deployment's folder with another one's state or record in it, or without a state: no verb works from it, and none
/// calls it right.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IdentityTests : IDisposable
{
    private const string Lineage = "0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d";
    private readonly CliLab _lab = CliLab.WithMachine();

    private string _id = "";

    private string StateFile => Path.Combine(_lab.Folder.Terraform, "terraform.tfstate");

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        _lab.Write("fakes/state.json", State(Lineage, contract: 1, owner: ""));
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(_lab.Record.StateLineage, Is.EqualTo(Lineage), "it is recorded when it is first seen");
        _id = _lab.Record.Id;
        Live(1);
    }

    [TestCase("up")]
    [TestCase("plan")]
    [TestCase("status")]
    [TestCase("down --yes")]
    [TestCase("exec -- true")]
    [TestCase("ssh")]
    [TestCase("outputs")]
    [TestCase("address")]
    [TestCase("logs")]
    public async Task Another_deployments_state_is_refused(string verb)
    {
        string id = _lab.Record.Id;
        foreach ((string state, string why) in new[]
        {
            (State("11111111-6f3e-4c8c-9b1a-0d9c5a1b2c3d", 9, ""), $"its lineage is 11111111-6f3e-4c8c-9b1a-0d9c5a1b2c3d, but "),
            (State(Lineage, 9, "tfc/other0000"), "it holds contracts of the deployment other0000"),
        })
        {
            File.WriteAllText(StateFile, state);
            int calls = _lab.Calls.Count;

            CliResult result = await RunAsync(verb);

            result.AssertFailed(7, "TFC0716", $"is not that of hello ({id})", $"state restore N {id}");
            Assert.That(result.Error, Does.Contain(why));
            Assert.That(
                _lab.Calls.Skip(calls).Where(call => call != "ssh looks at the machine"
                    && !call.StartsWith("local-grid query", StringComparison.Ordinal)
                    && call is not ("local-grid requirements" or "local-grid start")),
                Is.Empty,
                "no tool works from it");
            Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        }
    }

    [TestCase("up")]
    [TestCase("plan")]
    [TestCase("status")]
    [TestCase("down --yes")]
    [TestCase("exec -- true")]
    [TestCase("ssh")]
    [TestCase("outputs")]
    public async Task Another_deployments_record_is_refused(string verb)
    {
        DeploymentFolder folder = _lab.Folder;
        string record = File.ReadAllText(folder.Record);
        File.WriteAllText(folder.Record, record.Replace(
            $"\"id\": \"{folder.Id}\"", "\"id\": \"other0000\"", StringComparison.Ordinal));
        int calls = _lab.Calls.Count;

        CliResult result = await RunAsync(verb);

        result.AssertFailed(
            7,
            "TFC0715",
            $"is the record of another deployment, hello (other0000); the folder is that of {folder.Id}.",
            $"restore the record of {folder.Id}");
        Assert.That(_lab.Calls, Has.Count.EqualTo(calls));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("""{"version": 4, "serial": 9, "lineage": "0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d", "outputs": {}, "resources": []}""")]
    public async Task Without_the_state_nothing_new_is_made_beside_machines_that_run(string? state)
    {
        string id = _lab.Record.Id;
        Put(state);
        int applies = Applies();

        foreach (string verb in new[] { "up", "plan" })
        {
            (await RunAsync(verb)).AssertFailed(
                7,
                "TFC0717",
                $"The Terraform state of hello ({id}) in {_lab.Folder.Terraform} names no resource, but the grid still has contract 1",
                $"tfgrid-compose down {id}");
        }

        Assert.That(Applies(), Is.EqualTo(applies));
        CliResult status = await RunAsync("status");
        Assert.That(status.ExitCode, Is.EqualTo(6), status.Out);
        Assert.That(
            status.Out,
            Does.Contain("! infrastructure").And.Contain($"`tfgrid-compose state list {id}`").And.Not.Contain("matches"));
        Assert.That((await RunAsync("exec -- true")).ExitCode, Is.Zero, "the record is the right one");
    }

    [Test]
    public async Task Where_the_grid_has_nothing_either_up_makes_the_machines_anew()
    {
        File.Delete(StateFile);
        File.Delete(Path.Combine(_lab.Fakes, "contracts.json"));
        int applies = Applies();
        const string Made = "22222222-6f3e-4c8c-9b1a-0d9c5a1b2c3d";
        _lab.Write("fakes/state.json", State(Made, contract: 2, owner: ""));

        CliResult up = await RunAsync("up --fresh --allow-data-loss");

        Assert.That((up.ExitCode, Applies()), Is.EqualTo((0, applies + 1)), up.Error);
        Assert.That(_lab.Record.StateLineage, Is.EqualTo(Made));
        Assert.That((await RunAsync("plan")).ExitCode, Is.Zero, "the new state is its own");
    }

    [Test]
    public async Task The_last_backup_brings_a_lost_state_back()
    {
        string id = _lab.Record.Id;
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        _lab.Write("fakes/plan-changes", "");
        Assert.That((await RunAsync("up --allow-data-loss")).ExitCode, Is.Zero);
        string state = File.ReadAllText(StateFile);
        File.Delete(StateFile);
        CliResult refused = await RunAsync("up");

        Assert.That(refused.Error, Does.Contain($"restore the last backup: `tfgrid-compose state restore 1 {id}`"));
        Assert.That((await _lab.RunAsync("state", "restore", "1", id, "--yes")).ExitCode, Is.Zero);
        Assert.That(
            JsonElement.DeepEquals(
                JsonElement.Parse(File.ReadAllText(StateFile)).GetProperty("resources"),
                JsonElement.Parse(state).GetProperty("resources")));
        CliResult up = await RunAsync("up");
        Assert.That((up.ExitCode, up.Error), Is.EqualTo((0, up.Error)));
        Assert.That(up.Error, Does.Contain("nothing to do"));
    }

    [Test]
    public async Task Another_deployments_state_is_restored_from_a_backup_and_is_no_backup_itself()
    {
        string id = _lab.Record.Id, own = File.ReadAllText(StateFile);
        Directory.CreateDirectory(_lab.Folder.Backups);
        File.WriteAllText(Path.Combine(_lab.Folder.Backups, "0001-20260102T030405Z.tfstate"), own);
        File.WriteAllText(StateFile, State("11111111-6f3e-4c8c-9b1a-0d9c5a1b2c3d", 9, "tfc/other0000"));

        CliResult restored = await _lab.RunAsync("state", "restore", "1", id, "--yes");

        Assert.That(restored.ExitCode, Is.Zero, restored.Error);
        Assert.That((await RunAsync("status")).Out, Does.Contain("matches Terraform's state"));
        (await _lab.RunAsync("state", "restore", "2", id, "--yes")).AssertFailed(
            7, "TFC0743", "contracts of the deployment other0000", "state list");
    }

    [Test]
    public async Task A_damaged_state_is_restored_too()
    {
        Directory.CreateDirectory(_lab.Folder.Backups);
        File.Copy(StateFile, Path.Combine(_lab.Folder.Backups, "0001-20260102T030405Z.tfstate"));
        File.WriteAllText(StateFile, "{\"version\": 4, \"resour");
        (await RunAsync("up")).AssertFailed(7, "TFC0723", "is not a complete Terraform state", "state list");
        CliResult status = await RunAsync("status");
        Assert.That((status.ExitCode, status.Out), Is.EqualTo((6, status.Out)));
        Assert.That(status.Out, Does.Contain("! infrastructure").And.Contain("is not a complete Terraform state"));

        CliResult restored = await _lab.RunAsync("state", "restore", "1", _lab.Record.Id, "--yes");

        Assert.That(restored.ExitCode, Is.Zero, restored.Error);
        Assert.That((await RunAsync("up")).ExitCode, Is.Zero);
    }

    [TestCase("plan")]
    [TestCase("up")]
    [TestCase("status")]
    [TestCase("down --yes")]
    public async Task A_state_that_was_cut_does_not_count_where_Terraform_kept_the_whole_one(string verb)
    {
        File.Move(StateFile, Path.Combine(_lab.Folder.Terraform, "errored.tfstate"));
        File.WriteAllText(StateFile, "{\"version\": 4, \"resour");
        if (verb != "status")
        {
            File.Delete(Path.Combine(_lab.Fakes, "contracts.json"));
        }

        int calls = _lab.Calls.Count;
        CliResult result = await RunAsync(verb);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            _lab.Calls.Skip(calls),
            verb.StartsWith("down", StringComparison.Ordinal) ? Has.Some.StartsWith("terraform destroy") : Has.None.Contains("destroy"));
        Assert.That(result.Out.Contains("errored.tfstate; the next `up` or", StringComparison.Ordinal), Is.EqualTo(verb == "status"));
    }

    [TestCase("tfc/OWN", "local-grid cancel --contracts 1")]
    [TestCase("vm/hello", "local-grid cancel --contracts 1")]
    public async Task Down_without_a_state_ends_the_recorded_contracts(string project, string cancel)
    {
        string id = _lab.Record.Id;
        Live(1, project.Replace("OWN", id, StringComparison.Ordinal));
        File.Delete(StateFile);
        int calls = _lab.Calls.Count;

        CliResult down = await RunAsync("down --yes");

        // The fake grid goes on listing it.
        down.AssertFailed(4, "TFC0407", "left after the destroy: contract 1", $"down {id}");
        Assert.That(down.Error, Does.Contain($"{StateFile} is missing or empty; Terraform cannot destroy anything with it"));
        Assert.That(
            _lab.Calls.Skip(calls).Where(call => !call.StartsWith("local-grid query", StringComparison.Ordinal)),
            Is.EqualTo([cancel.Replace("OWN", id, StringComparison.Ordinal)]));
    }

    [Test]
    public async Task A_record_without_a_lineage_gets_it_at_the_next_run()
    {
        string record = File.ReadAllText(_lab.Folder.Record);
        File.WriteAllText(_lab.Folder.Record, record.Replace("\"state_lineage\"", "\"unknown\"", StringComparison.Ordinal));
        Assert.That(_lab.Record.StateLineage, Is.Null);

        CliResult up = await RunAsync("up");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("nothing to do"));
        Assert.That(_lab.Record.StateLineage, Is.EqualTo(Lineage));
    }

    [Test]
    public async Task A_new_tunnel_configuration_alone_runs_the_network_phase_in_plan_and_up_alike()
    {
        FakeAnswers.Outputs(_lab.Fakes, _lab.Address, ("wg_config", "[Interface]\nPrivateKey = new"));
        _lab.Write("fakes/plan-changes", "");
        string vm = $$"""{"vms": [{"name": "vm", "ip": "{{_lab.Address}}"}]}""";
        _lab.Write("fakes/plan.json", $$"""
            {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed",
             "change":{"actions":["no-op"],"before":{{vm}},"after":{{vm}} } }],
             "output_changes":{"wg_config":{"actions":["update"],"before":"x","after_unknown":true,
             "before_sensitive":true,"after_sensitive":true} } }
            """);
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));

        CliResult plan = await RunAsync("plan");
        CliResult up = await RunAsync("up");
        CliResult next = await RunAsync("plan");

        Assert.That(plan.Out, Does.Contain("run   network         the output wg_config changes"));
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("> network: the output wg_config changes"));
        Assert.That(next.Out, Does.Contain("nothing to do"), "neither the run nor the plan has more to do");
        Assert.That(_lab.FilesThatHold("PrivateKey = new").Select(Path.GetFileName), Is.EqualTo(["wg-grid.conf"]));
    }

    private static string State(string lineage, int contract, string owner) => $$$"""
        {"version": 4, "serial": 3, "lineage": "{{{lineage}}}", "outputs": {}, "resources": [{"mode": "managed", "type": "grid_deployment",
         "name": "vm", "instances": [{"attributes": {"id": "{{{contract}}}", "node": 2, "solution_type": "{{{owner}}}"}}]}]}
        """;

    private void Put(string? state)
    {
        File.Delete(StateFile);
        if (state is not null)
        {
            File.WriteAllText(StateFile, state);
        }
    }

    private void Live(int contract, string? project = null) => _lab.Write("fakes/contracts.json", $$$"""
        {"status":200,"body":[{"contract_id":{{{contract}}},"state":"Created","type":"node","details":{"nodeId":2,"deployment_data":"{\"projectName\":\"{{{project ?? $"tfc/{_lab.Record.Id}"}}}\"}"}}]}
        """);

    private int Applies() => _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal));

    // The target stands after the verb's first word.
    private Task<CliResult> RunAsync(string line)
    {
        string[] words = line.Split(' ');
        string target = words[0] is "up" or "plan" ? _lab.App : _id;
        return _lab.RunAsync([words[0], target, .. words[1..]]);
    }
}
