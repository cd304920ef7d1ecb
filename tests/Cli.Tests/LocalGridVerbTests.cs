namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LocalGridVerbTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("local-grid status", "status")]
    [TestCase("local-grid prune", "prune")]
    [TestCase("local-grid reset", "reset", "--yes")]
    [TestCase("local-grid reset --all", "reset", "--yes", "--all")]
    public async Task Its_verbs_are_passed_on_and_its_answer_is_the_result(string call, params string[] verb)
    {
        CliResult result = await _lab.RunAsync(["grid", "local", .. verb]);

        Assert.That((result.ExitCode, result.Out, result.Error), Is.EqualTo((0, "{\"nodes\":[]}\n", "")));
        Assert.That(_lab.Calls, Is.EqualTo([call]));
    }

    [Test]
    public async Task A_reset_is_asked_about()
    {
        CliResult declined = await _lab.AnswerAsync("n\n", interactive: true, "grid", "local", "reset");
        Assert.That(
            declined.Error,
            Is.EqualTo("Destroy every machine and contract of the local grid, for all users of this computer? [y/N] nothing was done\n"));
        Assert.That(_lab.Calls, Is.Empty);

        await _lab.AnswerAsync("y\n", interactive: true, "grid", "local", "reset");
        Assert.That(_lab.Calls, Is.EqualTo(["local-grid reset"]));
    }
}
