using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>Reasons name what changed, and a value that comes from elsewhere is named with both places.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChangedInputsTests : IDisposable
{
    private const string Who = "environment:\n  - {name: WHO, default: world}\n  - {name: API_TOKEN, default: swordfish}\n";

    private readonly CliLab _lab = CliLab.WithMachine();

    public ChangedInputsTests() => _lab.WriteManifest(CliLab.Manifest + Who);

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Variables_and_files_are_named_in_up_plan_and_json()
    {
        await UpAsync();
        _lab.Write("hello/src/app.py", "print('changed')\n");
        _lab.Write("hello/src/new.py", "");
        string[] given = ["--env", "WHO=grid", "--env", "API_TOKEN=hunter2"];
        const string Reason = "WHO, API_TOKEN, src/app.py changed; src/new.py added";

        CliResult text = await _lab.RunAsync(["plan", _lab.App, .. given]);
        CliResult json = await _lab.RunAsync(["plan", _lab.App, .. given, "--output", "json"]);
        CliResult up = await UpAsync(given);

        Assert.That(text.Out, Does.Contain($"run   application     {Reason}\n"), text.Error);
        JsonElement application = json.Json.GetProperty("phases").EnumerateArray()
            .Single(phase => phase.GetProperty("phase").GetString() == "application");
        Assert.That(application.GetProperty("reason").GetString(), Is.EqualTo(Reason));
        Assert.That(
            application.GetProperty("changed").EnumerateArray().Select(name => name.GetString()),
            Is.EqualTo(["WHO", "API_TOKEN", "src/app.py", "src/new.py"]));
        Assert.That(up.Error, Does.Contain($"> application: {Reason}\n"));
    }

    [TestCase("memory: 512", "memory: 768", "infrastructure", "config.memory changed")]
    [TestCase("cpu: 1,", "cpu: 1, packages: [tree],", "platform", "config.packages changed")]
    [TestCase("version: 1.2.3", "version: 1.2.4", "application", "version changed")]
    [TestCase("hooks: {", "status: {method: http, endpoint: /, port: 8080}\nhooks: {", "verify", "status changed")]
    [TestCase("hooks: {", "logging: {service: ssh.service}\nhooks: {", "finalize", "logging.service changed")]
    public async Task Keys_of_the_manifest_are_named(string before, string after, string phase, string reason)
    {
        await UpAsync();
        _lab.WriteManifest((CliLab.Manifest + Who).Replace(before, after, StringComparison.Ordinal));

        CliResult plan = await _lab.RunAsync("plan", _lab.App);

        Assert.That(plan.Out, Does.Match($@"run +{phase} +{reason}\n"), plan.Error);
    }

    // The infrastructure does not run after the first change; at the second one it must not name the first.
    [Test]
    public async Task An_option_that_changed_earlier_is_not_named_again()
    {
        await UpAsync();
        string second = (CliLab.Manifest + Who).Replace("config: {", "config: {packages: [tree], ", StringComparison.Ordinal);
        _lab.WriteManifest(second);
        Assert.That((await UpAsync()).Error, Does.Contain("> platform: config.packages changed").And.Not.Contain("> infrastructure"));
        _lab.WriteManifest(second.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));

        Assert.That((await _lab.RunAsync("plan", _lab.App)).Out, Does.Match(@"run +infrastructure +config.memory changed\n"));
    }

    [Test]
    public async Task A_record_of_an_older_version_keeps_the_old_words()
    {
        await UpAsync();
        new DeploymentStore(_lab.State, TimeProvider.System).Save(_lab.Record with { PhaseInputs = [], Values = [] });
        _lab.Write("hello/src/app.py", "print('changed')\n");

        CliResult up = await UpAsync("--env", "WHO=grid");

        Assert.That(up.Error, Does.Contain("> application: its inputs changed\n").And.Not.Contain("TFC0259"));
        Assert.That((await UpAsync()).Error, Does.Contain("> application: WHO changed\n"), "from now on it is known");
    }

    [TestCase("", "WHO: its value came from --env last time, now from the manifest's default.")]
    [TestCase("WHO=moon", "WHO: its value came from --env last time, now from .env.")]
    public async Task A_value_that_is_not_given_again_is_named_with_both_places(string dotEnv, string expected)
    {
        await UpAsync("--env", "WHO=grid");
        _lab.Write("hello/.env", dotEnv);

        CliResult plan = await _lab.RunAsync("plan", _lab.App, "--output", "json");
        CliResult up = await UpAsync();

        Assert.That(plan.Error, Does.Contain($"warning TFC0259: {expected}"));
        JsonElement moved = plan.Json.GetProperty("moved_values")[0];
        Assert.That(
            $"{moved.GetProperty("name")} {moved.GetProperty("before")} {moved.GetProperty("now")}",
            Is.EqualTo($"WHO --env {(dotEnv.Length > 0 ? ".env" : "default")}"));
        Assert.That(up.Error, Does.Contain($"warning TFC0259: {expected}").And.Contain("add `--env WHO=VALUE`"));
        Assert.That(
            up.Error.IndexOf("TFC0259", StringComparison.Ordinal),
            Is.LessThan(up.Error.IndexOf("> application", StringComparison.Ordinal)),
            "before anything runs");
        Assert.That((await UpAsync()).Error, Does.Not.Contain("TFC0259"), "said once");
    }

    [Test]
    public async Task A_variable_that_nothing_gives_any_more_is_named()
    {
        await UpAsync("--env", "EXTRA=1");

        Assert.That(
            (await UpAsync()).Error, Does.Contain("EXTRA: its value came from --env last time, now it has none."));
    }

    // A failed run counts too: its values have reached the machine.
    [Test]
    public async Task After_a_failed_hook_it_is_named_as_well()
    {
        _lab.Fail("setup.sh");
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", "WHO=grid")).ExitCode, Is.EqualTo(5));
        _lab.Mend("setup.sh");

        Assert.That((await UpAsync()).Error, Does.Contain("WHO: its value came from --env last time"));
    }

    [TestCase("--env", "WHO=again")]
    [TestCase("--env-file", "values")]
    public async Task What_this_command_line_says_is_meant(string option, string value)
    {
        await UpAsync("--env", "WHO=grid");
        _lab.Write("work/values", "WHO=other\n");

        Assert.That((await UpAsync(option, value)).Error, Does.Not.Contain("TFC0259").And.Contain("> application: WHO changed\n"));
    }

    [Test]
    public async Task The_same_value_from_elsewhere_is_no_news()
    {
        await UpAsync("--env", "WHO=grid");
        _lab.Write("hello/.env", "WHO=grid\n");
        _lab.Write("hello/src/app.py", "print('changed')\n");

        CliResult up = await UpAsync();

        Assert.That(up.Error, Does.Contain("> application: src/app.py changed\n").And.Not.Contain("TFC0259"));
    }

    [Test]
    public async Task No_value_is_recorded_or_shown()
    {
        await UpAsync("--env", "API_TOKEN=hunter2hunter2");
        CliResult up = await UpAsync("--env", "API_TOKEN=correcthorse");
        CliResult inspect = await _lab.RunAsync("inspect", "hello", "--output", "json");

        Assert.That(up.Error, Does.Contain("> application: API_TOKEN changed\n").And.Not.Contain("horse").And.Not.Contain("hunter2"));
        Assert.That(_lab.FilesThatHold("hunter2hunter2"), Is.Empty);
        Assert.That(_lab.FilesThatHold("correcthorse"), Is.Empty);
        Assert.That(inspect.Out, Does.Not.Contain("\"phase_inputs\"").And.Not.Contain("\"mark\""));
        RecordedValue token = _lab.Record.Values.Single(value => value.Name == "API_TOKEN");
        Assert.That((token.Origin, token.Mark.Length), Is.EqualTo(("--env", 4)));
    }

    private async Task<CliResult> UpAsync(params string[] more)
    {
        CliResult up = await _lab.RunAsync(["up", _lab.App, "--grid", "local", .. more]);
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        return up;
    }
}
