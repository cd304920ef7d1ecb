namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LocalGridVerbTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("local-grid status", "status")]
    [TestCase("local-grid start", "start")]
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
    public async Task What_it_remarks_is_shown_beside_the_answer()
    {
        _lab.Write("fakes/remark", "only root may look there\n");

        CliResult result = await _lab.RunAsync("grid", "local", "status");

        Assert.That(
            (result.ExitCode, result.Out, result.Error), Is.EqualTo((0, "{\"nodes\":[]}\n", "only root may look there\n")));
    }

    [Test]
    public async Task Ctrl_C_ends_the_question()
    {
        using var interrupt = new CancellationTokenSource();
        using var nobody = new SilentTypist(interrupt.Cancel);
        (_lab.Cancellation, _lab.Typist) = (interrupt.Token, nobody);

        CliResult result = await _lab.AnswerAsync("", interactive: true, "grid", "local", "reset");

        Assert.That(result.ExitCode, Is.EqualTo(130), result.Error);
        Assert.That(_lab.Calls, Is.Empty);
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

    /// <summary>Types nothing; presses Ctrl-C while the question waits.</summary>
    private sealed class SilentTypist(Action interrupt) : TextReader
    {
        private readonly ManualResetEventSlim _over = new();

        public override string? ReadLine()
        {
            interrupt();
            _over.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _over.Set();
            base.Dispose(disposing);
        }
    }
}
