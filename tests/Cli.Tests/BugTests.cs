namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BugTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_bug_of_ours_is_exit_code_1_with_a_log_and_no_stack_on_the_screen()
    {
        _lab.Routes = () => throw new InvalidOperationException("that cannot be");

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("this is a bug in tfgrid-compose: that cannot be\n").And.Not.Contain("   at "));
        Assert.That(File.ReadAllText(_lab.State.Log), Does.Contain("InvalidOperationException: that cannot be").And.Contain("   at "));
    }

    [Test]
    public async Task A_cancelled_run_ends_with_130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        _lab.Cancellation = cancelled.Token;

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((130, "")));
        Assert.That(result.Error, Does.Contain("cancelled; what exists is kept: run the same command again to continue"));
    }
}
