using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

/// <summary><c>up</c> and <c>plan</c> where a machine that holds data is replaced: more memory in the manifest.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DataLossTests : IDisposable
{
    private const string Question = "This replaces machine vm, disk data of grid_deployment.vm. ALL DATA ON THEM IS LOST. Go on?";

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase]
    [TestCase("--yes")]
    public async Task Where_nobody_can_answer_up_refuses_before_anything_runs(params string[] more)
    {
        await UpAsync();
        Shrink();
        string journal = File.ReadAllText(_lab.Folder.Journal);
        int applies = Applies;

        (await _lab.RunAsync(["up", _lab.App, .. more])).AssertFailed(
            2, "TFC0107", $"{Question} There is nobody to ask.", "add --allow-data-loss");

        Assert.That((Applies, File.ReadAllText(_lab.Folder.Journal)), Is.EqualTo((applies, journal)));
    }

    [TestCase("n", false)]
    [TestCase("y", true)]
    public async Task Whoever_is_there_is_asked_on_the_local_grid_too(string answer, bool isDone)
    {
        await UpAsync();
        Shrink();
        int applies = Applies;

        CliResult up = await _lab.AnswerAsync($"{answer}\n", interactive: true, "up", _lab.App, "--yes");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(
            up.Error,
            Does.Contain("replace machine vm (ALL DATA ON IT IS LOST): memory 512 -> 256").And.Contain($"{Question} [y/N] "));
        Assert.That(up.Error.Contains("nothing was done", StringComparison.Ordinal), Is.Not.EqualTo(isDone));
        Assert.That(Applies - applies, Is.EqualTo(isDone ? 1 : 0));
    }

    [TestCase("up")]
    [TestCase("up", "--fresh")]
    [TestCase("up", "--only", "infrastructure")]
    public async Task The_option_answers_in_advance_and_every_way_to_the_apply_needs_it(string verb, params string[] more)
    {
        await UpAsync();
        Shrink();

        (await _lab.RunAsync([verb, _lab.App, .. more])).AssertFailed(2, "TFC0107", Question, "--allow-data-loss");
        CliResult allowed = await _lab.RunAsync([verb, _lab.App, .. more, "--allow-data-loss"]);

        Assert.That(allowed.ExitCode, Is.Zero, allowed.Error);
        Assert.That(allowed.Error, Does.Contain("ALL DATA ON IT IS LOST").And.Not.Contain("[y/N]"));
    }

    [Test]
    public async Task A_plan_says_it_to_people_and_to_scripts()
    {
        await UpAsync();
        Shrink();

        CliResult text = await _lab.RunAsync("plan", _lab.App);
        CliResult json = await _lab.RunAsync("plan", _lab.App, "--output", "json");

        Assert.That(text.Out, Does.Contain("replace machine vm (ALL DATA ON IT IS LOST): memory 512 -> 256"), text.Error);
        JsonElement machine = json.Json.GetProperty("machines")[0];
        Assert.That(
            (machine.GetProperty("host").GetString(), machine.GetProperty("loses_data").GetBoolean()),
            Is.EqualTo(("vm", true)));
    }

    /// <summary>A node changes no machine, and the provider plans every change in place.</summary>
    [Test]
    public async Task What_the_grid_refuses_to_change_is_planned_again_as_a_replacement()
    {
        await UpAsync();
        Shrink();
        int calls = _lab.Calls.Count;

        CliResult plan = await _lab.RunAsync("plan", _lab.App);
        CliResult up = await _lab.RunAsync("up", _lab.App, "--allow-data-loss");

        Assert.That((plan.ExitCode, up.ExitCode), Is.EqualTo((0, 0)), up.Error);
        Assert.That(
            plan.Out,
            Does.Contain("replace disk data of grid_deployment.vm (ALL DATA ON IT IS LOST)").And.Contain("-/+ grid_deployment.vm"));
        Assert.That(plan.Error, Does.Contain("the grid does not change it in place: grid_deployment.vm"));
        Assert.That(
            _lab.Calls.Skip(calls).Where(call => call.StartsWith("terraform", StringComparison.Ordinal)
                && !call.Contains("init", StringComparison.Ordinal)),
            Is.EqualTo([
                "terraform plan -json -input=false -lock=false -out=tfplan",
                "terraform show -json tfplan",
                "terraform plan -json -input=false -lock=false -out=tfplan -replace=grid_deployment.vm",
                "terraform show -json tfplan",
                "terraform plan -json -input=false -lock-timeout=300s -out=tfplan",
                "terraform show -json tfplan",
                "terraform plan -json -input=false -lock-timeout=300s -out=tfplan -replace=grid_deployment.vm",
                "terraform show -json tfplan",
                "terraform apply -json -input=false -lock-timeout=300s tfplan",
                "terraform output -json",
            ]));
        Assert.That(up.Error, Does.Contain("> application"), "what follows runs again");
    }

    [Test]
    public async Task A_machine_that_never_took_a_login_holds_nothing()
    {
        _lab.StopMachine();
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local", "--wait-limit", "1")).ExitCode, Is.EqualTo(6));
        Shrink();
        _lab.StartMachine();

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("replace machine vm: memory 512 -> 256").And.Not.Contain("DATA"));
    }

    [Test]
    public async Task On_a_paid_grid_each_is_a_question_of_its_own()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2}\nnetwork: {provision: [ipv4]}\n");
        _lab.Environment["TF_VAR_mnemonic"] = "abandon ability able about above absent";
        CliResult first = await _lab.RunAsync("up", _lab.App, "--grid", "test", "--yes");
        Assert.That(first.ExitCode, Is.Zero, first.Error);
        PlanReplaces();
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {node: 2, memory: 256}\nnetwork: {provision: [ipv4]}\n");

        CliResult both = await _lab.AnswerAsync("y\nn\n", interactive: true, "up", _lab.App);
        CliResult money = await _lab.AnswerAsync("n\n", interactive: true, "up", _lab.App, "--allow-data-loss");

        Assert.That(
            both.Error,
            Does.Contain(Question).And.Contain("where machines cost TFT? [y/N] ").And.Contain("nothing was done"));
        Assert.That(
            money.Error,
            Does.Not.Contain("Go on?").And.Contain("where machines cost TFT? [y/N] ").And.Contain("nothing was done"));
        (await _lab.RunAsync("up", _lab.App, "--yes")).AssertFailed(2, "TFC0107", Question, "--yes alone does not allow this");
        (await _lab.RunAsync("up", _lab.App, "--allow-data-loss")).AssertFailed(2, "TFC0104", "cost TFT", "add --yes");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--allow-data-loss", "--yes");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    private int Applies => _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal));

    private void Shrink()
    {
        PlanReplaces();
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 256", StringComparison.Ordinal));
    }

    // As the provider plans it, and as it is planned when it is to be replaced.
    private void PlanReplaces()
    {
        _lab.Write("fakes/plan-changes", "");
        _lab.Write("fakes/plan.json", Plan("\"update\"", $$"""{"name":"vm","memory":256,"computedip":"{{_lab.Address}}/32"}"""));
        _lab.Write("fakes/plan-replacing.json", Plan("\"delete\",\"create\"", """{"name":"vm","memory":256}"""));
    }

    private string Plan(string actions, string after) => $$$"""
        {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm",
          "change":{"actions":[{{{actions}}}],
            "before":{"vms":[{"name":"vm","memory":512,"computedip":"{{{_lab.Address}}}/32"}],"disks":[{"name":"data","size":5}] },
            "after":{"vms":[{{{after}}}],"disks":[{"name":"data","size":5}] },
            "after_unknown":{"id":true,"vms":[{"computedip":{{{(actions.Contains("create") ? "true" : "false")}}} }] } } } ],
         "output_changes":{}}
        """;

    private async Task UpAsync()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }
}
