namespace TfgridCompose.Cli.Tests;

/// <summary>What the system refuses and what tools print wrongly is no bug of this program.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WorldFaultsTests : IDisposable
{
    private const string PlannedChange =
        """{"@message":"plan","type":"planned_change","change":{"resource":{"addr":"grid_deployment.vm"},"action":"update"}}""";

    private static readonly string[] Garbage = ["", "garbage", "null", "[]", "{\"resource_changes\":[{}],\"status\":\"x\"}"];

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [TestCase(30, "TFC0332")]
    [TestCase(24, "TFC0333")]
    [TestCase(28, "TFC0313")]
    [TestCase(5, "TFC0334")]
    public async Task What_the_system_refuses_in_the_middle_of_a_run_is_said_with_its_words(int error, string code)
    {
        _lab.Routes = () => throw new IOException("refused here: '/some/file'", error);

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(result.ExitCode, Is.EqualTo(3), result.Error);
        Assert.That(result.Problems, Has.Some.StartsWith($"error {code}").And.Some.Contains("'/some/file'"));
        Assert.That(result.Error, Does.Not.Contain("this is a bug").And.Not.Contain("   at "));
    }

    // It exits with 0, so only what it prints tells.
    [TestCaseSource(nameof(Garbage))]
    public async Task Terraform_that_prints_something_else_is_no_bug(string printed)
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        Replace("terraform", $"""
            case $1 in
              plan) echo '{PlannedChange}' ;;
              version | init) exec "$TFGRID_TEST_REAL" "$@" ;;
              *) printf '%s\n' '{printed}' ;;
            esac
            """);

        await AssertNoBugAsync("plan", _lab.App);
        await AssertNoBugAsync("up", _lab.App, "--allow-data-loss", "--yes");
        await AssertNoBugAsync("status", "hello");
        await AssertNoBugAsync("down", "hello", "--yes");
    }

    [TestCaseSource(nameof(Garbage))]
    public async Task Terraform_whose_every_line_is_something_else_is_no_bug(string printed)
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));
        Replace("terraform", $"printf '%s\\n' '{printed}'");

        await AssertNoBugAsync("plan", _lab.App);
        await AssertNoBugAsync("up", _lab.App, "--allow-data-loss", "--yes");
        await AssertNoBugAsync("status", "hello");
        await AssertNoBugAsync("down", "hello", "--yes");
    }

    [TestCaseSource(nameof(Garbage))]
    public async Task A_local_grid_that_prints_something_else_is_no_bug(string printed)
    {
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        string program = _lab.Write("bin/garbage-grid", $"#!/bin/sh\nprintf '%s\\n' '{printed}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lab.Environment["TFGRID_LOCALGRID"] = program;
        _lab.WriteManifest(CliLab.Manifest.Replace("memory: 512", "memory: 768", StringComparison.Ordinal));

        await AssertNoBugAsync("up", _lab.App, "--allow-data-loss", "--yes");
        await AssertNoBugAsync("status", "hello");
        await AssertNoBugAsync("leaks", "--grid", "local");
        await AssertNoBugAsync("down", "hello", "--yes");
    }

    [TestCase("ssh")]
    [TestCase("ansible-playbook")]
    public async Task Another_tool_that_prints_something_else_is_no_bug(string tool)
    {
        Replace(tool, "head -c 3000 /dev/urandom; printf '{\"a\":1}\\n\\033]0;title\\007\\n'");

        await AssertNoBugAsync("up", _lab.App, "--grid", "local", "--wait-limit", "2");
        await AssertNoBugAsync("status", "hello");
        await AssertNoBugAsync("down", "hello", "--yes");
    }

    [Test]
    public async Task Nothing_that_the_program_prints_steers_the_terminal()
    {
        _lab.Fail("setup.sh", "\u001b]0;owned\u0007\u001b[31mred\u001b[0m\u009b2J\rover\n");
        _lab.Write("fakes/journal", "\u001b]52;c;cm0gLXJm\u0007plain \u001b[1mbold\u001b[0m\ttab\n");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--debug");

        CliResult logs = await _lab.RunAsync("logs", "hello");
        CliResult hook = await _lab.RunAsync("logs", "hello", "--hook", "setup");

        foreach (string shown in new[] { up.Error, up.Out, logs.Out, logs.Error, hook.Out })
        {
            Assert.That(shown.Where(letter => char.IsControl(letter) && letter is not ('\n' or '\t')), Is.Empty, shown);
        }

        Assert.That(logs.Out, Is.EqualTo("?]52;c;cm0gLXJm?plain bold\ttab\n"));
        Assert.That(hook.Out, Does.Contain("?]0;owned?red?2J\n").And.Contain("\nover\n"), "the fake's two streams have no order");
        Assert.That(_lab.FilesThatHold("\u001b").Where(file => file.EndsWith(".log", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_WireGuard_key_is_in_no_output_and_no_log()
    {
        string key = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))]);
        _lab.Fail("terraform-apply", $$$"""
            {"type":"outputs","outputs":{"wg":{"sensitive":false,"value":"[Interface]\nPrivateKey = {{{key}}}\n"},"sk":{"value":{"external_sk":"{{{key}}}"} } } }
            {"type":"diagnostic","diagnostic":{"severity":"error","summary":"bad: PrivateKey = {{{key}}}"}}
            """);

        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local", "--debug");

        Assert.That(up.ExitCode, Is.EqualTo(4), up.Error);
        Assert.That(up.Out + up.Error, Does.Contain("bad: PrivateKey = ***").And.Not.Contain(key));
        Assert.That(_lab.FilesThatHold(key), Is.Empty);
    }

    // The tool's own script stays reachable.
    private void Replace(string tool, string script)
    {
        string real = new FileInfo(Path.Combine(_lab.Tools, tool)).LinkTarget!;
        _lab.RemoveTool(tool);
        string path = _lab.Write($"bin/{tool}", $"#!/bin/sh\nTFGRID_TEST_REAL='{real}'\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task AssertNoBugAsync(params string[] line)
    {
        CliResult result = await _lab.RunAsync(line);

        Assert.That(result.Error, Does.Not.Contain("this is a bug").And.Not.Contain("   at "), string.Join(' ', line));
        Assert.That(result.ExitCode, Is.Not.EqualTo(1), result.Error);
    }
}
