using System.Text.Json;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnlockTests : IDisposable
{
    // No process has this number: Linux gives 4194304 at most.
    private static readonly LockHolder Dead = new(
        "ann",
        Environment.MachineName,
        2_000_000_000,
        "tfgrid-compose up hello",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy() => Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);

    [Test]
    public async Task What_is_not_locked_needs_no_answer()
    {
        CliResult result = await _lab.RunAsync("unlock", "hello");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, $"hello ({_lab.Record.Id}) is not locked\n")));
    }

    [Test]
    public async Task What_the_dead_left_is_removed_after_a_yes()
    {
        LeaveBehind();
        File.WriteAllText(_lab.Folder.TerraformLockInfo, """{"ID":"4d2f","Operation":"OperationTypeApply","Who":"ann@laptop","Created":"2026-01-02T03:04:05Z"}""");

        (await _lab.RunAsync("unlock", "hello")).AssertFailed(2, "TFC0104", "process 2000000000 of ann", "add --yes");
        Assert.That((await _lab.AnswerAsync("n\n", interactive: true, "unlock", "hello")).Error, Does.Contain("nothing was done"));
        Assert.That(Left(), Is.EqualTo(3));
        CliResult result = await _lab.AnswerAsync("y\n", interactive: true, "unlock", "hello");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Out, Is.EqualTo(
            $"unlocked hello ({_lab.Record.Id}): the deployment's lock, {Dead}; Terraform's state lock, OperationTypeApply of "
                + "ann@laptop, since 2026-01-02T03:04:05Z, id 4d2f\n"));
        Assert.That(Left(), Is.Zero);
    }

    [Test]
    public async Task For_scripts_it_lists_what_was_removed()
    {
        LeaveBehind();

        JsonElement json = (await _lab.RunAsync("unlock", "hello", "--yes", "--output", "json")).Json;

        Assert.That(
            json.GetProperty("removed").EnumerateArray().Select(each => each.GetProperty("holder").GetString()),
            Is.EqualTo([Dead.ToString(), Dead.ToString()]));
    }

    [Test]
    public async Task A_living_holder_is_named_and_keeps_the_lock()
    {
        LockHolder alive = Dead with { ProcessId = Environment.ProcessId, Since = DateTimeOffset.UtcNow };
        using var held = DeploymentLock.Take(_lab.State, _lab.App, "hello", alive);

        CliResult result = await _lab.RunAsync("unlock", "hello", "--yes");

        result.AssertFailed(7, "TFC0713", $"is held by {alive}, which is running", $"`kill {Environment.ProcessId}`");
        Assert.That((await _lab.RunAsync("inspect", "hello")).Out, Does.Contain($"in use        {alive}"), "readers do not wait");
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.EqualTo(7));
    }

    [Test]
    public async Task The_next_up_takes_over_and_says_from_whom()
    {
        LeaveBehind();
        _lab.WriteManifest(CliLab.Manifest + "environment: {A: b}\n");

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            result.Error.Split('\n').Where(line => line.Contains("took over", StringComparison.Ordinal)),
            Is.EqualTo([$"    took over from {Dead}, which died"]));
        Assert.That(Directory.GetFiles(_lab.State.Locks, "*.holder"), Is.Empty);
    }

    [TestCase("up")]
    [TestCase("down")]
    public async Task A_lock_timeout_waits_for_the_holder(string verb)
    {
        string[] line = verb == "up" ? ["up", _lab.App, "--grid", "local"] : ["down", "hello", "--yes"];
        var clock = new LabClock { Holds = _ => true };
        _lab.Clock = clock;
        var held = DeploymentLock.Take(_lab.State, _lab.App, "hello", Dead);
        Task<CliResult> waiting = _lab.RunAsync([.. line, "--lock-timeout", "20"]);
        Action askAgain = await clock.HeldAsync();
        clock.Holds = _ => false;
        held.Dispose();
        askAgain();

        CliResult result = await waiting;

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Match($@"waiting up to 20 s: hello is in use by '{Dead.Command}'"));
    }

    [Test]
    public async Task A_lock_timeout_has_an_end()
    {
        _lab.Clock = new LabClock();
        using var held = DeploymentLock.Take(_lab.State, _lab.App, "hello", Dead with { Host = "desk" });

        (await _lab.RunAsync("down", "hello", "--yes", "--lock-timeout", "600")).AssertFailed(
            7,
            "TFC0701",
            "; waited 600 s.",
            "--lock-timeout");
    }

    [TestCase("-1")]
    [TestCase("3601")]
    public async Task A_lock_timeout_out_of_range_is_refused(string seconds)
    {
        (await _lab.RunAsync("down", "hello", "--yes", $"--lock-timeout={seconds}")).AssertFailed(
            2,
            "TFC0103",
            $"--lock-timeout is {seconds}",
            "0 to 3600");
        (await _lab.RunAsync("up", _lab.App, $"--lock-timeout={seconds}")).AssertFailed(
            2,
            "TFC0103",
            $"--lock-timeout is {seconds}",
            "0 to 3600");
    }

    // As a process does that is killed: the kernel frees the lock, and the file stays.
    private void LeaveBehind()
    {
        foreach (string scope in new[] { _lab.App, _lab.Record.Id })
        {
            using var held = DeploymentLock.Take(_lab.State, scope, "hello", Dead);
            string file = Directory.GetFiles(_lab.State.Locks, "*.holder").First(path => !File.Exists(path + ".kept"));
            File.Copy(file, file + ".kept");
        }

        foreach (string kept in Directory.GetFiles(_lab.State.Locks, "*.kept"))
        {
            File.Move(kept, kept[..^".kept".Length]);
        }
    }

    private int Left() => Directory.GetFiles(_lab.State.Locks, "*.holder").Length + (File.Exists(_lab.Folder.TerraformLockInfo) ? 1 : 0);
}
