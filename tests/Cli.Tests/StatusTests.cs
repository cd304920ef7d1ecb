using System.Text.Json;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Tests;

/// <summary>The record held against reality, as far as tools that play their part can show it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StatusTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        _lab.WriteManifest(CliLab.Manifest + "status: {method: systemd, service: hello}\n");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    [Test]
    public async Task All_is_as_recorded()
    {
        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.Zero, status.Out);
        Assert.That(
            status.Out,
            Does.Contain($"answers at {_lab.Address}").And.Contain("`systemctl is-active --quiet hello` on vm  passes").And.Contain(
                "matches Terraform's state").And.Not.Contain(
                "! "));
        Assert.That(_lab.Calls, Has.Member("terraform plan -refresh-only -json -input=false -lock=false"));
    }

    [Test]
    public async Task A_resource_that_is_gone_is_named()
    {
        _lab.Write("fakes/drift", """{"type":"resource_drift","change":{"resource":{"addr":"grid_deployment.vm"},"action":"delete"}}""");

        CliResult status = await _lab.RunAsync("status", "hello", "--output", "json");

        Assert.That(status.ExitCode, Is.EqualTo(6));
        Assert.That(Differs(status), Is.EqualTo(["infrastructure"]));
        Assert.That(status.Json.GetProperty("seen").GetProperty("infrastructure").GetString(), Does.Contain("grid_deployment.vm is gone"));
    }

    [Test]
    public async Task Another_host_key_is_a_difference()
    {
        File.WriteAllText(_lab.Folder.KnownHosts, $"vm.{_lab.Record.Id} ssh-ed25519 AAAApinned\n");
        _lab.Write("fakes/host-key", "another");

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.EqualTo(6));
        Assert.That(status.Out, Does.Contain("! ssh vm").And.Contain("a different host key"));
        Assert.That(status.Out, Does.Not.Contain("systemctl"), "nothing is asked of a stranger");
    }

    [Test]
    public async Task A_login_that_is_refused_is_a_difference()
    {
        File.WriteAllText(_lab.Folder.KnownHosts, $"vm.{_lab.Record.Id} ssh-ed25519 AAAApinned\n");
        _lab.Write("fakes/login-fails", "root@10.1.1.1: Permission denied (publickey).\n");

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.EqualTo(6));
        Assert.That(status.Out, Does.Contain("! ssh vm").And.Contain("the login failed: root@10.1.1.1: Permission denied"));
        Assert.That(status.Out, Does.Not.Contain("systemctl"), "without a login nothing can be asked");
    }

    [Test]
    public async Task What_could_not_be_looked_at_is_no_difference()
    {
        _lab.RemoveTool("terraform");

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.Zero, status.Out);
        Assert.That(status.Out, Does.Contain("not checked: neither tofu nor terraform is installed"));
    }

    [Test]
    public async Task Status_changes_no_file()
    {
        Dictionary<string, string> before = Files();

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.Zero, status.Error);
        Assert.That(Files(), Is.EqualTo(before));
    }

    [TestCase("text")]
    [TestCase("json")]
    public async Task Watching_ends_with_Ctrl_C_which_is_no_failure(string output)
    {
        var clock = new LabClock { Holds = pause => pause == TimeSpan.FromSeconds(7) };
        using var cancel = new CancellationTokenSource();
        (_lab.Clock, _lab.Cancellation) = (clock, cancel.Token);
        Task<CliResult> watching = _lab.RunAsync("status", "hello", "--watch", "--interval", "7", "--output", output);
        Action lookAgain = await clock.HeldAsync();
        _lab.Write("fakes/drift", """{"type":"resource_drift","change":{"resource":{"addr":"grid_deployment.vm"},"action":"update"}}""");
        lookAgain();
        lookAgain = await clock.HeldAsync();
        lookAgain();
        await clock.HeldAsync();
        await cancel.CancelAsync();

        CliResult status = await watching;

        Assert.That((status.ExitCode, status.Error), Is.EqualTo((0, "")));
        Assert.That(status.Out.Split("answers at").Length - 1, Is.EqualTo(2), "a look that shows the same is not printed again");
        Assert.That(status.Out, Does.Contain("was changed outside of Terraform"));
        Assert.That(status.Out, output == "text" ? Does.Match(@"\n\n\d\d:\d\d:\d\d\ndeployment ") : Does.Contain("\n}\n{\n"));
    }

    [Test]
    public async Task What_failed_is_named_with_its_phase_code_and_machine()
    {
        _lab.Fail("setup.sh", "no such package");
        _lab.Write("hello/src/app.py", "print('again')\n");
        Assert.That((await _lab.RunAsync("up", _lab.App)).ExitCode, Is.EqualTo(5));

        CliResult status = await _lab.RunAsync("status", "hello");
        CliResult json = await _lab.RunAsync("status", "hello", "--output", "json");

        Assert.That((status.ExitCode, json.ExitCode), Is.EqualTo((9, 9)), status.Error);
        Assert.That(status.Out, Does.Match(
            @"(?m)^status        failed$").And.Match(
            @"(?m)^last run      up failed in application \(TFC0512\) on vm, \d{4}-.* UTC$"));
        JsonElement run = json.Json.GetProperty("last_run");
        Assert.That(
            (
                run.GetProperty("verb").GetString(),
                run.GetProperty("result").GetString(),
                run.GetProperty("phase").GetString(),
                run.GetProperty("codes")[0].GetString(),
                run.GetProperty("machines")[0].GetString()),
            Is.EqualTo(("up", "failed", "application", "TFC0512", "vm")));

        _lab.Mend("setup.sh");
        Assert.That((await _lab.RunAsync("up", _lab.App)).ExitCode, Is.Zero);
        CliResult mended = await _lab.RunAsync("status", "hello");
        Assert.That(mended.ExitCode, Is.Zero, mended.Out);
        Assert.That(mended.Out, Does.Not.Contain("last run"));
    }

    [Test]
    public async Task A_machine_out_of_service_is_named()
    {
        string record = File.ReadAllText(_lab.Folder.Record);
        File.WriteAllText(_lab.Folder.Record, record
            .Replace("\"out_of_service\": false", "\"out_of_service\": true", StringComparison.Ordinal)
            .Replace("\"status\": \"running\"", "\"status\": \"failed\"", StringComparison.Ordinal));

        CliResult status = await _lab.RunAsync("status", "hello");
        CliResult json = await _lab.RunAsync("status", "hello", "--output", "json");

        Assert.That(status.ExitCode, Is.EqualTo(9), status.Out);
        Assert.That(status.Out, Does.Contain("vm: out of service until `tfgrid-compose up` succeeds"));
        Assert.That(json.Json.GetProperty("out_of_service")[0].GetString(), Is.EqualTo("vm"));
    }

    [Test]
    public async Task What_somebody_works_on_is_no_failure()
    {
        string record = File.ReadAllText(_lab.Folder.Record);
        File.WriteAllText(
            _lab.Folder.Record,
            record.Replace("\"status\": \"running\"", "\"status\": \"deploying\"", StringComparison.Ordinal));
        File.Delete(_lab.Folder.Journal);
        CliResult alone = await _lab.RunAsync("status", "hello");
        Assert.That(alone.ExitCode, Is.EqualTo(9), "nobody does");
        Assert.That(alone.Out, Does.Match(@"(?m)^last run      up was interrupted, \d{4}-.* UTC$"), "it ended before its first phase");
        var me = new LockHolder(
            "ann", Environment.MachineName, Environment.ProcessId, "tfgrid-compose up", DateTimeOffset.UtcNow);
        using var held = DeploymentLock.Take(_lab.State, _lab.Record.Id, "hello", me);

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(status.ExitCode, Is.Zero, status.Out);
        Assert.That(status.Out, Does.Match(@"(?m)^in use        'tfgrid-compose up' \(process \d+ of ann on ").And.Not.Contain("last run"));
        CliResult json = await _lab.RunAsync("status", "hello", "--output", "json");
        Assert.That(json.Json.GetProperty("locked_by").GetProperty("user").GetString(), Is.EqualTo("ann"));
    }

    [TestCase(true, 3, false)]
    [TestCase(false, 1, false)]
    [TestCase(false, 3, true)]
    public void A_worker_elsewhere_that_began_long_ago_may_have_died(bool isHere, int hours, bool expected)
    {
        var holder = new LockHolder(
            "ann", isHere ? Environment.MachineName : "laptop", 1, "tfgrid-compose up", DateTimeOffset.UtcNow.AddHours(-hours));

        Assert.That(holder.MayHaveDied(DateTimeOffset.UtcNow), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_placeholder_is_no_value() => (await _lab.RunAsync("up", _lab.App, "--env", "TOKEN=<value>")).AssertFailed(
        2, "TFC0103", "--env TOKEN has a placeholder in place of its value", "write the value itself");

    [Test]
    public async Task Contracts_of_a_run_that_did_not_finish_are_named()
    {
        string record = File.ReadAllText(_lab.Folder.Record);
        File.WriteAllText(
            _lab.Folder.Record,
            record.Replace("\"status\": \"running\"", "\"status\": \"failed\"", StringComparison.Ordinal)
                .Replace("\"outputs\"", "\"former_outputs\"", StringComparison.Ordinal));
        string none = (await _lab.RunAsync("status", "hello")).Out;
        _lab.Write("fakes/contracts.json", $$$"""
            {"status":200,"body":[{"contract_id":7,"state":"Created","type":"node","details":{"nodeId":2,
             "deployment_data":"{\"projectName\":\"tfc/{{{_lab.Record.Id}}}\"}"}}]}
            """);

        CliResult status = await _lab.RunAsync("status", "hello");

        Assert.That(none, Does.Match(@"(?m)^contracts +none is live$"));
        Assert.That(status.ExitCode, Is.EqualTo(9));
        Assert.That(status.Out, Does.Match(@"! contracts +live from a run that did not finish: contract 7 \(node on node 2, Created\)"));
    }

    [Test]
    public async Task An_impossible_interval_is_refused() =>
        (await _lab.RunAsync("status", "hello", "--watch", "--interval", "0")).AssertFailed(2, "TFC0103", "--interval is 0", "1 to 3600");

    private static string[] Differs(CliResult status) =>
        [.. status.Json.GetProperty("differs").EnumerateArray().Select(subject => subject.GetString()!)];

    private Dictionary<string, string> Files() =>
        Directory.EnumerateFiles(_lab.State.Path, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
}
