using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Processes;

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
        using var output = new StringWriter();
        using var error = new StringWriter();
        var app = new CliApp(new CliStreams(output, error, TextReader.Null, false), _lab.Environment, _lab.Work, ToolInterrupt.None);

        Assert.That(await app.RunAsync(["up", _lab.App, "--grid", "local"], cancelled.Token), Is.EqualTo(130));
        Assert.That(error.ToString(), Does.Contain("cancelled; what exists is kept: run the same command again to continue"));
    }
}
