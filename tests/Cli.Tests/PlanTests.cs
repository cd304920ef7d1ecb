using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Tests;

/// <summary><c>plan</c>, <c>up --dry-run</c>, the choice of phases, and the question on a paid grid.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PlanTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase("plan")]
    [TestCase("up", "--dry-run")]
    public async Task A_plan_of_a_new_app_touches_nothing(params string[] verb)
    {
        CliResult plan = await _lab.RunAsync([.. verb, _lab.App, "--grid", "local", "--detailed-exitcode"]);

        Assert.That(plan.ExitCode, Is.EqualTo(10), plan.Error);
        Assert.That(
            plan.Out,
            Does.StartWith("a new deployment of hello").And.Contain("make machine vm").And.Contain("+ grid_deployment.vm").And.Contain(
                "run  application"));
        Assert.That(
            _lab.Calls.Where(call => call.Contains("apply", StringComparison.Ordinal) || call.Contains("image", StringComparison.Ordinal)),
            Is.Empty);
        Assert.That(Directory.Exists(_lab.State.Path), Is.False, "no state folder");
        Assert.That(new FileInfo(Path.Combine(_lab.App, ".tfgrid-compose")).LinkTarget, Is.Null);
        Assert.That(Directory.Exists(Path.Combine(_lab.Root, "ranges")), Is.False, "no address range");
    }

    [Test]
    public async Task A_plan_of_a_running_app_leaves_every_file_as_it_was()
    {
        await UpAsync();
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        Dictionary<string, string> before = Files();

        CliResult plan = await _lab.RunAsync("plan", _lab.App);

        Assert.That(plan.ExitCode, Is.Zero, plan.Error);
        Assert.That(
            plan.Out,
            Does.StartWith($"deployment {_lab.Record.Id} of hello").And.Contain("run   infrastructure  config.memory changed"));
        Assert.That(Files(), Is.EqualTo(before));
        Assert.That(
            Directory.GetDirectories(Path.GetTempPath(), "tfgrid-plan-*").Where(
                folder => new TfgridHome(folder).Deployment(_lab.Record.Id).Exists), Is.Empty);
    }

    [Test]
    public async Task A_state_that_is_being_written_is_not_planned_from()
    {
        await UpAsync();
        string state = Path.Combine(_lab.Folder.Terraform, "terraform.tfstate");
        File.WriteAllText(state, "{\"version\": 4, \"resour");

        (await _lab.RunAsync("plan", _lab.App)).AssertFailed(
            7,
            "TFC0723",
            $"{state} is not a complete Terraform state.",
            "if a run is in progress, wait until it has ended; otherwise `tfgrid-compose state list` shows what can be restored");
    }

    [Test]
    public async Task A_renamed_app_is_no_second_deployment()
    {
        await UpAsync();
        string id = _lab.Record.Id;
        _lab.WriteManifest(CliLab.Manifest.Replace("name: hello", "name: goodbye", StringComparison.Ordinal));

        foreach (string verb in new[] { "up", "plan" })
        {
            (await _lab.RunAsync(verb, _lab.App, "--grid", "local")).AssertFailed(
                7,
                "TFC0711",
                $"This folder's deployment is hello ({id}); the manifest now says 'goodbye'.",
                $"name it 'hello' again, remove it first: tfgrid-compose down {id}, or deploy a second one: --name goodbye");
        }

        Assert.That(_lab.Record.Id, Is.EqualTo(id), "still the only one");
    }

    [Test]
    public async Task Nothing_changed_is_exit_0_and_no_Terraform()
    {
        await UpAsync();
        int calls = _lab.Calls.Count(call => call.StartsWith("terraform", StringComparison.Ordinal));

        CliResult plan = await _lab.RunAsync("plan", _lab.App, "--detailed-exitcode");

        Assert.That(plan.ExitCode, Is.Zero, plan.Error);
        Assert.That(plan.Out, Does.Contain("nothing to do").And.Not.Contain("run "));
        Assert.That(_lab.Calls.Count(call => call.StartsWith("terraform", StringComparison.Ordinal)), Is.EqualTo(calls));
    }

    [Test]
    public async Task A_plan_for_scripts_is_json()
    {
        CliResult plan = await _lab.RunAsync("plan", _lab.App, "--grid", "local", "--output", "json");

        Assert.Multiple(() =>
        {
            Assert.That(plan.Json.GetProperty("id").GetString(), Is.Null);
            Assert.That(plan.Json.GetProperty("nothing_to_do").GetBoolean(), Is.False);
            Assert.That(plan.Json.GetProperty("machines")[0].GetProperty("action").GetString(), Is.EqualTo("create"));
            Assert.That(plan.Json.GetProperty("resources")[0].GetProperty("address").GetString(), Is.EqualTo("grid_deployment.vm"));
            Assert.That(plan.Json.GetProperty("phases").GetArrayLength(), Is.EqualTo(7));
        });
    }

    [TestCase("--from", "application", "application verify finalize")]
    [TestCase("--only", "platform", "platform")]
    public async Task Chosen_phases_run_and_no_others(string option, string phase, string expected)
    {
        await UpAsync();

        CliResult up = await _lab.RunAsync("up", _lab.App, option, phase);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(Started(up), Is.EqualTo($"validate {expected}"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
    }

    [Test]
    public async Task Fresh_runs_every_phase_on_the_same_machine()
    {
        await UpAsync();
        int applies = _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal));

        CliResult up = await _lab.RunAsync("up", _lab.App, "--fresh");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(Started(up), Is.EqualTo("validate infrastructure network wait platform application verify finalize"));
        Assert.That(
            _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal)),
            Is.EqualTo(applies),
            "nothing on the grid differs");
    }

    [Test]
    public async Task A_wrong_choice_of_phases_is_refused()
    {
        (await _lab.RunAsync("up", _lab.App, "--grid", "local", "--from", "moon")).AssertFailed(
            2,
            "TFC0722",
            "'moon' is not a phase that can be chosen",
            "use one of infrastructure, network, wait, platform, application, verify, finalize");
        (await _lab.RunAsync("up", _lab.App, "--grid", "local", "--from", "wait", "--fresh")).AssertFailed(
            2,
            "TFC0103",
            "--from and --fresh",
            "one of them");
        (await _lab.RunAsync("up", _lab.App, "--grid", "local", "--detailed-exitcode")).AssertFailed(
            2,
            "TFC0103",
            "--detailed-exitcode",
            "--dry-run");
    }

    [Test]
    public async Task On_a_paid_grid_up_shows_and_asks()
    {
        PaidGrid();

        CliResult no = await _lab.AnswerAsync("n\n", interactive: true, "up", _lab.App, "--grid", "test");

        Assert.That(no.ExitCode, Is.Zero, no.Error);
        Assert.That(
            no.Error,
            Does.Contain("make machine vm").And.Contain("Do this on a paid grid, where machines cost TFT? [y/N] ").And.Contain(
                "nothing was done"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty, "the new deployment is forgotten again");
        Assert.That(new FileInfo(Path.Combine(_lab.App, ".tfgrid-compose")).LinkTarget, Is.Null);
        Assert.That(_lab.Calls, Has.None.StartsWith("terraform apply"));

        CliResult yes = await _lab.AnswerAsync("y\n", interactive: true, "up", _lab.App, "--grid", "test");

        Assert.That(yes.ExitCode, Is.Zero, yes.Error);
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
    }

    [Test]
    public async Task On_a_paid_grid_nobody_there_means_no()
    {
        PaidGrid();

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "test");

        Assert.That(up.ExitCode, Is.EqualTo(2), up.Error);
        Assert.That(up.Problems.Single(), Does.StartWith("error TFC0104"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
        Assert.That(_lab.Calls, Has.None.StartsWith("terraform apply"));
    }

    [Test]
    public async Task Another_host_key_is_refused_before_anything_runs()
    {
        await UpAsync();
        File.WriteAllText(_lab.Folder.KnownHosts, $"vm.{_lab.Record.Id} ssh-ed25519 AAAApinned\n");
        _lab.Write("fakes/host-key", "another");
        int calls = _lab.Calls.Count(call => call.StartsWith("ssh ", StringComparison.Ordinal) && call != "ssh looks at the machine");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.EqualTo(6), up.Error);
        Assert.That(up.Problems.Single(), Does.StartWith("error TFC0602"));
        Assert.That(
            _lab.Calls.Count(call => call.StartsWith("ssh ", StringComparison.Ordinal) && call != "ssh looks at the machine"),
            Is.EqualTo(calls));
    }

    private static string Started(CliResult up) =>
        string.Join(
            ' ',
            up.Error.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..].Split(':')[0]));

    private void PaidGrid()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2}\nnetwork: {provision: [ipv4]}\n");
        _lab.Environment["TF_VAR_mnemonic"] = "abandon ability able about above absent";
    }

    private Dictionary<string, string> Files() => Directory.EnumerateFiles(_lab.State.Path, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".log", StringComparison.Ordinal))
        .ToDictionary(file => file, File.ReadAllText);

    private async Task UpAsync()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }
}
