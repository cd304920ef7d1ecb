using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

/// <summary>An <c>up</c> that has nothing to change looks whether the app still answers.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform("Linux")]
public sealed class RepeatedChecksTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        _lab.WriteManifest($"{CliLab.Manifest}status: {{service: hello}}\n");
        _lab.Clock = new LabClock();
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        File.WriteAllText(_lab.Folder.KnownHosts, $"vm.{_lab.Record.Id} ssh-ed25519 AAAApinned\n");
    }

    [Test]
    public async Task Where_they_pass_there_is_nothing_to_do_and_each_ran_once()
    {
        int before = _lab.Calls.Count;

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.Error, Does.Contain("nothing to do"));
        Assert.That(
            _lab.Calls.Skip(before),
            Is.EquivalentTo(["ssh looks at the machine", "ssh systemctl is-active --quiet hello"]));
    }

    [Test]
    public async Task An_answer_that_comes_late_is_an_answer()
    {
        _lab.Write("fakes/service-is-slow", "");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.Error, Does.Contain("nothing to do"));
    }

    [Test]
    public async Task A_stopped_service_is_installed_again()
    {
        _lab.Write("fakes/service-stopped", "");
        _lab.Write("fakes/configure.sh-starts-the-service", "");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(
            up.Error,
            Does.Contain("> application: `systemctl is-active --quiet hello` on vm did not pass within 5 s: exit code 3")
                .And.Contain("< verify: done").And.Not.Contain("nothing to do"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        Assert.That((await _lab.RunAsync("up", _lab.App)).Error, Does.Contain("nothing to do"));
    }

    [Test]
    public async Task A_repair_that_was_cut_short_is_resumed()
    {
        _lab.Write("fakes/service-stopped", "");
        _lab.Fail("setup.sh", "no space left");
        Assert.That((await _lab.RunAsync("up", _lab.App)).ExitCode, Is.EqualTo(5));
        _lab.Mend("setup.sh");
        _lab.Write("fakes/configure.sh-starts-the-service", "");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    [Test]
    public async Task One_that_stays_stopped_ends_with_6_and_what_is_wrong()
    {
        _lab.Write("fakes/service-stopped", "");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.EqualTo(6), up.Error);
        Assert.That(
            up.Problems.Single(),
            Does.StartWith("error TFC0611: `systemctl is-active --quiet hello` on vm did not pass within 60 s"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Failed));
    }

    [Test]
    public async Task A_run_that_would_only_record_that_it_runs_looks_first()
    {
        new DeploymentStore(_lab.State, TimeProvider.System).Save(_lab.Record with { Status = DeploymentStatus.Deploying });
        _lab.Write("fakes/service-stopped", "");
        _lab.Write("fakes/configure.sh-starts-the-service", "");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("> application: `systemctl is-active --quiet hello` on vm did not pass"));
    }

    [Test]
    public async Task The_plan_says_that_the_app_would_be_installed_again()
    {
        _lab.Write("fakes/service-stopped", "");

        CliResult plan = await _lab.RunAsync("plan", _lab.App, "--detailed-exitcode");

        Assert.That(plan.ExitCode, Is.EqualTo(10), plan.Error);
        Assert.That(plan.Out, Does.Contain("did not pass").And.Not.Contain("nothing to do"));
    }

    [Test]
    public async Task Where_something_changed_nobody_waits_for_a_check_that_fails()
    {
        _lab.Write("fakes/service-stopped", "");
        _lab.Write("fakes/setup.sh-starts-the-service", "");
        _lab.Write("hello/deployment/setup.sh", "#!/bin/sh\necho changed\n");

        CliResult up = await _lab.RunAsync("up", _lab.App);

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("> application: deployment/setup.sh changed"));
    }

    [TestCase("root@10.1.1.1: Permission denied (publickey).", "the login to 'vm' failed")]
    [TestCase("ssh: connect to host 10.1.1.1 port 22: Connection refused", "'vm' does not answer: port 22 refused")]
    public async Task A_machine_that_takes_no_login_is_waited_for(string said, string reason)
    {
        _lab.Fail("login", said);

        CliResult plan = await _lab.RunAsync("plan", _lab.App);

        Assert.That(plan.Out, Does.Contain(reason), plan.Error);
    }
}
