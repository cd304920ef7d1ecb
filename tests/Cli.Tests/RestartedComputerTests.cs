namespace TfgridCompose.Cli.Tests;

/// <summary>
/// This computer was restarted, and with it the nodes of the local grid: the first look at a deployment starts its machines again.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RestartedComputerTests : IDisposable
{
    private const string Note = "machines of the local grid start again after a restart of this computer: tfl-v5 (vm)";
    private const string Start = "local-grid start";

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        _lab.Write("fakes/state.json", $$"""
            {"version":4,"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":
              {"id":"4711","node":2,"vms":[{"name":"vm","computedip":"{{_lab.Address}}/32"}]} }]}]}
            """);
        _lab.Write("fakes/contracts.json", """
            {"status":200,"body":[{"contract_id":4711,"state":"Created","type":"node","details":{"nodeId":2,"deployment_data":""}}]}
            """);
        CliResult up = await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_machine_that_starts_again_is_waited_for_and_not_replaced(bool starts)
    {
        Silence();
        Assert.That((await UpAsync()).ExitCode, Is.EqualTo(6));
        if (starts)
        {
            Started();
        }

        CliResult up = await UpAsync();

        Assert.That(_lab.Calls, Has.Member(Start));
        Assert.That(up.ExitCode, Is.EqualTo(starts ? 6 : 2), up.Error);
        Assert.That(up.Error, starts ? Does.Contain(Note) : Does.Contain("the last wait for it was in vain"));
    }

    [Test]
    public async Task While_machines_answer_nobody_is_asked()
    {
        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(_lab.Calls, Has.None.EqualTo(Start));
    }

    [Test]
    public async Task What_did_not_start_is_told_and_the_run_goes_on()
    {
        Silence();
        _lab.Write("fakes/start-fails", "tfl-v5 (vm): the files of tfl-v5 are gone");

        CliResult up = await UpAsync();

        Assert.That(up.ExitCode, Is.EqualTo(6));
        Assert.That(
            up.Error,
            Does.Contain("machines of the local grid did not all start again").And.Contain("the files of tfl-v5 are gone"));
    }

    /// <summary>The machine needs a moment until it takes a login.</summary>
    [Test]
    public async Task Status_starts_machines_and_gives_them_the_time_to_boot()
    {
        Silence();
        Started();
        File.WriteAllText(_lab.Folder.KnownHosts, $"vm.{_lab.Record.Id} ssh-ed25519 AAAApinned\n");
        _lab.Clock = new LabClock();

        CliResult silent = await _lab.RunAsync("status", "hello");
        File.Delete(Path.Combine(_lab.Fakes, "login-fails"));
        CliResult booted = await _lab.RunAsync("status", "hello");

        Assert.That(silent.ExitCode, Is.EqualTo(6), silent.Out);
        Assert.That(silent.Error, Does.Contain(Note));
        Assert.That(Looks, Is.GreaterThan(20), "one a second, for half a minute");
        Assert.That(booted.ExitCode, Is.Zero, booted.Out);
    }

    private int Looks => _lab.Calls.Count(call => call == "ssh looks at the machine");

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--wait-limit", "1", "--non-interactive");

    private void Silence()
    {
        _lab.StopMachine();
        _lab.Write("fakes/login-fails", "ssh: connect to host 10.1.1.1 port 22: Connection refused");
    }

    private void Started() => _lab.Write("fakes/started.json", """{"networks":["net"],"machines":["tfl-v5 (vm)"],"failed":[]}""");
}
