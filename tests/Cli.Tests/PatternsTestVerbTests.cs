using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternsTestVerbTests : IDisposable
{
    private static readonly string[] ByTools = ["--skip", "terraform", "--skip", "playbook", "--skip", "inventory", "--skip", "apply"];
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Each_check_is_a_line_and_the_last_one_counts_them()
    {
        CliResult result = await _lab.RunAsync(["patterns", "test", "single-vm", .. ByTools]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.Match(@"\Apassed   metadata, \d+\.\d s: it loads, has a name"));
        Assert.That(result.Out, Does.Contain("\npassed   topology (generated), ").And.Contain("\nnot run  terraform: left out\n"));
        Assert.That(result.Out, Does.Match(@"\nsingle-vm 1\.\d+\.\d+: 4 passed, 0 failed, 6 not run\n\z"));
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task A_failed_check_ends_with_8_and_says_what_to_edit()
    {
        _lab.WriteManifest("name: hello\npattern: single-vm\nconfig: {cpu: 99}\n");

        CliResult result = await _lab.RunAsync(["patterns", "test", "single-vm", "--sample", "../hello", .. ByTools]);

        Assert.That(result.ExitCode, Is.EqualTo(8));
        Assert.That(
            result.Out,
            Does.Match(@"\nfailed   topology \(hello\), .*\n         TFC0241 at .*: 'config.cpu' is 99, .*\n    "
                + @"     -> .*1 to 32").And.Contain(
                " 1 failed, "));
    }

    [Test]
    public async Task Programs_get_json()
    {
        CliResult result = await _lab.RunAsync(["patterns", "test", "single-vm", "--output", "json", .. ByTools]);

        Assert.That(result.Json.GetProperty("pattern").GetString(), Is.EqualTo("single-vm"));
        Assert.That(result.Json.GetProperty("path").GetString(), Does.EndWith("plugins/single-vm"));
        JsonElement[] checks = [.. result.Json.GetProperty("checks").EnumerateArray()];
        Assert.That(checks.Select(check => (check.GetProperty("id").GetString(), check.GetProperty("status").GetString())), Is.EqualTo(new[]
        {
            ("metadata", "passed"), ("options", "passed"), ("topology", "passed"), ("variables", "passed"), ("terraform", "not run"),
            ("playbook", "not run"), ("apply", "not run"), ("inventory", "not run"), ("idempotence", "not run"), ("down", "not run"),
        }));
        Assert.That(
            checks[2].EnumerateObject().Select(field => field.Name),
            Is.EqualTo(new[] { "id", "title", "status", "detail", "remedy", "seconds", "sample" }));
        Assert.That(checks[2].GetProperty("sample").GetString(), Is.EqualTo("generated"));
    }

    [Test]
    public async Task What_cannot_run_here_is_a_failure_only_where_all_is_required()
    {
        _lab.RemoveTool("terraform");
        _lab.Environment["PATH"] = _lab.Tools;

        CliResult lenient = await _lab.RunAsync("patterns", "test", "single-vm", "--skip", "playbook", "--skip", "inventory");
        CliResult strict = await _lab.RunAsync(
            "patterns",
            "test",
            "single-vm",
            "--skip",
            "playbook",
            "--skip",
            "inventory",
            "--require-all");

        Assert.That((lenient.ExitCode, strict.ExitCode), Is.EqualTo((0, 8)), lenient.Out);
        Assert.That(
            lenient.Out,
            Does.Contain("not run  terraform: neither tofu nor terraform is installed").And.Contain(
                "not run  apply (generated): Neither tofu nor terraform"));
    }

    [Test]
    public async Task A_folder_and_a_name_are_taken()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "plugins", "single-vm");

        CliResult result = await _lab.RunAsync(["patterns", "test", folder, .. ByTools]);

        Assert.That(result.ExitCode, Is.Zero, result.Out);
    }

    [Test]
    public async Task A_folder_without_a_pattern_fails_its_first_check()
    {
        CliResult result = await _lab.RunAsync("patterns", "test", _lab.App);

        Assert.That(result.ExitCode, Is.EqualTo(8));
        Assert.That(
            result.Out,
            Does.Contain("failed   metadata").And.Contain("TFC0802").And.Contain("not run  options: the pattern cannot be loaded"));
    }

    [Test]
    public async Task What_is_neither_folder_nor_name_is_a_usage_error() =>
        (await _lab.RunAsync("patterns", "test", "singel-vm")).AssertFailed(
            2,
            "TFC0850",
            "'singel-vm' is neither a folder nor the name of a pattern",
            "patterns list");
}
