using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Tests;

/// <summary>Lifecycle plugins around a whole <c>up</c> and <c>down</c>, with tools that play their part.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifecyclePluginTests : IDisposable
{
    private const string Record = """sed -n 's/.*"\(event\|phase\)": "\(.*\)".*/\2/p' | paste -sd- >>"$TFGRID_TEST_FAKES/hooks.log" """;
    private static readonly string[] Moments =
    [
        "validate",
        "infrastructure",
        "network",
        "wait",
        "platform",
        "application",
        "verify",
        "finalize",
        "down",
    ];
    private static readonly string[] Hooks = [.. Moments.SelectMany(moment => new[] { $"before-{moment}", $"after-{moment}" })];
    private readonly CliLab _lab = CliLab.WithMachine();

    private IReadOnlyList<string> Ran =>
        File.Exists(Path.Combine(_lab.Fakes, "hooks.log")) ? File.ReadAllLines(Path.Combine(_lab.Fakes, "hooks.log")) : [];

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Hooks_run_around_each_phase_that_runs()
    {
        Plugin("recorder", [.. Hooks.Select(hook => (hook, Record))]);

        CliResult up = await UpAsync();
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(Ran, Is.EqualTo(Hooks[..^2]));

        CliResult idle = await UpAsync();
        Assert.That(idle.Error, Does.Contain("nothing to do"));
        Assert.That(Ran.Skip(Hooks.Length - 2), Is.EqualTo(["before-validate", "after-validate"]), "validate alone ran");

        CliResult down = await _lab.RunAsync("down", "hello", "--yes");
        Assert.That(down.ExitCode, Is.Zero, down.Error);
        Assert.That(Ran.TakeLast(2), Is.EqualTo(["before-down", "after-down"]));
        Assert.That(Directory.GetDirectories(_lab.State.Deployments), Is.Empty);
    }

    [Test]
    public async Task A_before_hook_that_fails_stops_its_phase_and_the_next_up_goes_on_there()
    {
        string hook = Plugin("guard", ("before-platform", "echo not yet >&2; exit 9"));

        CliResult stopped = await UpAsync();

        stopped.AssertFailed(5, "TFC0863", "'before-platform' of the lifecycle plugin 'guard' ended with exit code 9", "plugin-guard.log");
        Assert.That(stopped.Error, Does.Contain("guard before-platform| not yet").And.Contain("! platform: failed"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Failed));
        Assert.That(_lab.Calls.Where(call => call.StartsWith("ansible", StringComparison.Ordinal)), Is.Empty);
        File.Delete(hook);

        CliResult resumed = await UpAsync();

        Assert.That(resumed.ExitCode, Is.Zero, resumed.Error);
        Assert.That(resumed.Error, Does.Contain("> platform: it failed the last time").And.Not.Contain("> infrastructure"));
    }

    [Test]
    public async Task A_before_application_hook_comes_before_anything_travels()
    {
        Plugin("guard", ("before-application", "exit 1"));

        CliResult stopped = await UpAsync();

        Assert.That(stopped.ExitCode, Is.EqualTo(5));
        Assert.That(File.Exists(Path.Combine(_lab.Fakes, "copied.tgz")), Is.False);
    }

    [Test]
    public async Task A_before_validate_hook_that_fails_leaves_nothing()
    {
        Plugin("guard", ("before-validate", "exit 1"));

        (await UpAsync()).AssertFailed(5, "TFC0863", "'before-validate'", "move");
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task A_before_down_hook_that_fails_keeps_the_deployment()
    {
        await UpAsync();
        string hook = Plugin("guard", ("before-down", "exit 1"));

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(5, "TFC0863", "'before-down'", "tfgrid-compose down");
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        File.Delete(hook);
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_broken_plugin_is_a_warning_that_says_that_its_hooks_do_not_run()
    {
        Plugin("broken", ("before-wait", Record));
        _lab.Write("home/.tfgrid-compose/plugins/broken/plugin.yaml", "name: broken\n");
        Plugin("fine", ("before-wait", Record));

        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(
            up.Problems.Single(),
            Does.StartWith("warning TFC0860").And.Contain("not even those before a phase: it has no version"));
        Assert.That(Ran, Is.EqualTo(["before-wait"]));
    }

    [Test]
    public async Task The_secrets_of_the_app_are_masked_and_not_told()
    {
        _lab.WriteManifest(CliLab.Manifest + "environment: [{name: DB_PASSWORD, secret: true}]\n");
        Plugin("nosy", ("before-verify", "cat; printf 'hunter%s\\n' 22"));

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", "DB_PASSWORD=hunter22");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Not.Contain("hunter22").And.Contain("nosy before-verify| ***"));
        Assert.That(_lab.FilesThatHold("hunter22"), Is.Empty);
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(_lab.Folder.Path, "plugin-nosy.log")),
            Does.Not.Contain(_lab.Record.Seed).And.Not.Contain("DB_PASSWORD"));
    }

    [Test]
    public async Task Plugins_are_listed_with_their_hooks_and_problems_and_are_no_patterns()
    {
        Plugin("a", ("before-wait", ""), ("after-down", ""));
        Plugin("b");
        _lab.Write("home/.tfgrid-compose/plugins/b/plugin.yaml", "version: 1\n");

        CliResult list = await _lab.RunAsync("plugins", "list");
        CliResult json = await _lab.RunAsync("plugins", "list", "--output", "json");

        string[] lines = list.Out.Split('\n');
        Assert.That(lines[0], Does.Match("^ID +VERSION +HOOKS +PROBLEM$"));
        Assert.That(lines[1], Does.Match(@"^a +1\.0\.0 +after-down, before-wait$"));
        Assert.That(lines[2], Does.Match(@"^b +- +- +The lifecycle plugin 'b' is broken, .*it has no name\. \[TFC0860\]$"));
        Assert.That(
            json.Json[0].GetProperty("hooks").EnumerateArray().Select(hook => hook.GetString()),
            Is.EqualTo(["after-down", "before-wait"]));
        Assert.That((await _lab.RunAsync("patterns", "list")).Out, Does.Not.Contain("TFC08"));
    }

    private string Plugin(string id, params (string Name, string Script)[] hooks)
    {
        _lab.Write($"home/.tfgrid-compose/plugins/{id}/plugin.yaml", $"name: {id}\nversion: 1.0.0\n");
        string last = "";
        foreach ((string name, string script) in hooks)
        {
            last = _lab.Write($"home/.tfgrid-compose/plugins/{id}/hooks/{name}", $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(last, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return last;
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--grid", "local");
}
