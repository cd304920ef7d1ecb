namespace TfgridCompose.Cli.Tests;

/// <summary>A pattern's commands are there as soon as there is a machine, and what they print in a run or in status is masked.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EarlyPatternCommandTests : IDisposable
{
    private const string Yaml = """
        name: own
        version: 3.1.0
        roles:
          server: {}
        commands:
          backends: {role: server, command: [show, "my backends"], description: Lists who serves.}
          serving: {role: server, command: [print-state], description: Who serves, in_status: true}

        """;

    private const string Module = """
        variable "node_id" {}
        variable "solution_type" {}
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = "" }

        """;

    private readonly CliLab _lab = CliLab.WithMachine();

    public EarlyPatternCommandTests()
    {
        _lab.Write("hello/mine/pattern.yaml", Yaml);
        _lab.Write("hello/mine/infrastructure/main.tf", Module);
        _lab.Write("hello/mine/platform/site.yml", "- hosts: all\n");
        _lab.WriteManifest("name: hello\npattern: ./mine\nnetwork: {provision: [ipv4]}\n");
    }

    public void Dispose() => _lab.Dispose();

    // They are needed most where something fails.
    [TestCase("ansible", 5)]
    [TestCase("setup.sh", 5)]
    public async Task They_are_there_before_the_first_success(string failing, int exitCode)
    {
        _lab.Fail(failing);

        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");
        CliResult command = await _lab.RunAsync("pattern", "backends", "hello");

        Assert.That((up.ExitCode, command.ExitCode), Is.EqualTo((exitCode, 0)), up.Error + command.Error);
        Assert.That(_lab.Calls[^1], Is.EqualTo("ssh show 'my backends'"));
    }

    [Test]
    public async Task Before_the_machine_lets_in_that_is_what_is_said()
    {
        _lab.Fail("terraform-apply");

        await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");

        (await _lab.RunAsync("pattern", "backends", "hello")).AssertFailed(7, "TFC0714", "has none to log in to", "up ");
    }

    [Test]
    public async Task Those_of_a_new_version_come_with_its_platform()
    {
        await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");
        _lab.Write("hello/mine/pattern.yaml", Yaml.Replace("print-state", "other-state", StringComparison.Ordinal));
        _lab.Write("hello/mine/platform/site.yml", "- hosts: all # changed\n");
        _lab.Fail("setup.sh");
        _lab.Write("hello/src/app.py", "print('changed')\n");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust");

        Assert.That(up.ExitCode, Is.EqualTo(5), up.Error);
        Assert.That(_lab.Record.Commands[1].Command, Is.EqualTo(["other-state"]));
    }

    [Test]
    public async Task What_status_shows_of_them_is_masked()
    {
        _lab.WriteManifest(
            "name: hello\npattern: ./mine\nnetwork: {provision: [ipv4]}\nenvironment:\n  - {name: WHO, secret: true}\n");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local", "--env", "WHO=two of");

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(status.Out, Does.Contain("\n  *** two"));
        Assert.That(up.Error, Does.Contain("serving: *** two"));
    }
}
