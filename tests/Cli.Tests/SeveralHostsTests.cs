namespace TfgridCompose.Cli.Tests;

/// <summary>An app on several machines, with tools that play their part.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SeveralHostsTests : IDisposable
{
    private const string Manifest = """
        name: hello
        pattern: ./mine
        config: {count: 2}
        network: {provision: [ipv4]}
        hooks: {setup: deployment/setup.sh}

        """;

    private const string Yaml = """
        name: own
        version: 1.0.0
        description: Two machines.
        roles:
          server: {count: count, description: One of them.}
        options:
          count: {type: integer, default: 2}
        app_targets: server

        """;

    private const string Module = """
        variable "node_ids" {}
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = "" }

        """;

    private const string ReplacingTheSecond = """
        {"resource_changes":[{"address":"grid_deployment.one","mode":"managed","type":"grid_deployment","name":"one",
          "change":{"actions":["no-op"],"before":{"vms":[{"name":"one","cpu":1,"computedip":"FIRST/24"}]},"after":{"vms":[{"name":"one","cpu":1}]},"after_unknown":{}}},{"address":"grid_deployment.two","mode":"managed","type":"grid_deployment","name":"two",
          "change":{"actions":["delete","create"],"before":{"vms":[{"name":"two","cpu":1,"computedip":"SECOND/24"}]},"after":{"vms":[{"name":"two","cpu":2}]},"after_unknown":{}}}],
         "output_changes":{}}
        """;

    private readonly CliLab _lab = CliLab.WithMachine();
    private readonly string _second;

    public SeveralHostsTests() => _second = _lab.AddMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Lines_and_logs_say_whose_they_are()
    {
        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("server_1 setup| setup.sh says hello").And.Contain("server_2 setup| setup.sh says hello"));
        (await _lab.RunAsync("logs", "hello", "--hook", "setup")).AssertFailed(
            2,
            "TFC0103",
            "ran on several hosts: server_1, server_2",
            "--host server_1");
        (await _lab.RunAsync("logs", "hello", "--hook", "setup", "--host", "db")).AssertFailed(
            2,
            "TFC0103",
            "no log of the hook 'setup' on a host 'db'",
            "server_1, server_2");
        Assert.That(
            (await _lab.RunAsync("logs", "hello", "--hook", "setup", "--host", "server_2")).Out.Trim().Split('\n'),
            Is.EquivalentTo(["setup.sh says hello", "tfgrid-compose: the hook ended with exit code 0"]),
            "what comes through two pipes may arrive in either order");
    }

    [Test]
    public async Task The_log_that_an_older_build_wrote_for_all_of_them_is_shown_where_there_is_no_other()
    {
        await UpAsync();
        File.WriteAllText(_lab.Folder.HookLog("setup"), "of both\n");
        Assert.That(
            (await _lab.RunAsync("logs", "hello", "--hook", "setup", "--host", "server_2")).Out,
            Is.EqualTo("setup.sh says hello\ntfgrid-compose: the hook ended with exit code 0\n"));
        File.Delete(_lab.Folder.HookLog("setup", "server_1"));
        File.Delete(_lab.Folder.HookLog("setup", "server_2"));

        Assert.That((await _lab.RunAsync("logs", "hello", "--hook", "setup")).Out, Is.EqualTo("of both\n"));
        Assert.That((await _lab.RunAsync("logs", "hello", "--hook", "setup", "--host", "server_2")).Out, Is.EqualTo("of both\n"));
        (await _lab.RunAsync("logs", "hello", "--hook", "setup", "--host", "db")).AssertFailed(
            2,
            "TFC0103",
            "There is no log of a hook 'setup'",
            "setup, configure, healthcheck");
    }

    [Test]
    public async Task Both_failures_are_told_and_a_machine_that_is_made_anew_does_not_have_the_app()
    {
        _lab.Fail("setup.sh", "no room\n");

        CliResult failed = await UpAsync();

        Assert.That(failed.ExitCode, Is.EqualTo(5), failed.Error);
        Assert.That(
            failed.Problems,
            Is.EqualTo([
                "error TFC0512: The hook 'setup' on 'server_1' ended with exit code 3:",
                "error TFC0512: The hook 'setup' on 'server_2' ended with exit code 3:",
            ]));
        _lab.Mend("setup.sh");
        await UpAsync();
        Assert.That(_lab.Record.Hosts.Select(host => host.AppInputs), Has.All.Match("^[0-9a-f]{32}$"));
        _lab.Write("fakes/plan.json", ReplacingTheSecond
            .Replace("FIRST", _lab.Address, StringComparison.Ordinal)
            .Replace("SECOND", _second, StringComparison.Ordinal));
        File.Delete(Path.Combine(_lab.Folder.Terraform, "terraform.tfstate"));
        _lab.Write("hello/mine/infrastructure/main.tf", Module + "# another edition\n");
        _lab.Fail("setup.sh");

        CliResult replaced = await UpAsync("--allow-data-loss");

        Assert.That(replaced.Error, Does.Contain("replace machine server_2"));
        Assert.That(_lab.Record.Hosts.Select(host => host.AppInputs?.Length), Is.EqualTo((int?[])[32, null]));
    }

    [Test]
    public async Task Rolling_installs_one_after_the_other()
    {
        await UpAsync();
        _lab.WriteManifest(Manifest + "deploy: {strategy: rolling}\n");
        _lab.Write("hello/deployment/setup.sh", "#!/bin/sh\n# another edition\n");

        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        string[] lines =
        [
            .. up.Error.Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.Contains("setup on", StringComparison.Ordinal)
                    || line.Contains("says hello", StringComparison.Ordinal)),
        ];
        Assert.That(
            lines,
            Is.EqualTo([
                "setup on server_1",
                "server_1 setup| setup.sh says hello",
                "setup on server_2",
                "server_2 setup| setup.sh says hello",
            ]));
        Assert.That((await UpAsync()).Error, Does.Contain("nothing to do"));
    }

    [Test]
    public async Task A_strategy_that_is_none_is_refused_at_its_line()
    {
        _lab.WriteManifest(Manifest + "deploy: {strategy: roling}\n");

        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.EqualTo(2));
        Assert.That(up.Problems.Single(), Does.Contain("tfgrid-compose.yaml:6:20"));
    }

    private Task<CliResult> UpAsync(params string[] more)
    {
        if (!Directory.Exists(Path.Combine(_lab.App, "mine")))
        {
            _lab.Write("hello/mine/pattern.yaml", Yaml);
            _lab.Write("hello/mine/infrastructure/main.tf", Module);
            if (!File.ReadAllText(Path.Combine(_lab.App, "tfgrid-compose.yaml")).Contains("./mine", StringComparison.Ordinal))
            {
                _lab.WriteManifest(Manifest);
            }

            FakeAnswers.Outputs(
                _lab.Fakes,
                _lab.Address,
                ("node_ids", new[] { 2, 1 }),
                ("secondary_ips", new[] { new { name = "server_2", ip = _second, type = "public", role = "server" } }));
        }

        return _lab.RunAsync(["up", _lab.App, "--trust", "--grid", "local", .. more]);
    }
}
