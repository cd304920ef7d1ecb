using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

/// <summary>Many commands on one machine.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshClientTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task No_more_run_at_once_than_its_sshd_takes()
    {
        var runner = new CountingRunner();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Client(runner).RunAsync("true", CancellationToken.None)));

        Assert.That((runner.Runs, runner.MostAtOnce), Is.EqualTo((60, 8)));
    }

    [Test]
    public async Task One_that_is_refused_a_session_is_tried_again()
    {
        int tries = 0;
        var runner = new RecordingRunner(_ => ++tries < 3
            ? RecordingRunner.Result(255, error: "mux_client_request_session: session request failed: Session open refused by peer")
            : null);

        Assert.That((await Client(runner).RunAsync("true", CancellationToken.None)).Succeeded);
        Assert.That(tries, Is.EqualTo(3));
    }

    [TestCase(255, "Connection timed out")]
    [TestCase(1, "Session open refused by peer")]
    [TestCase(255, "Session open refused by peer\nConnection reset")]
    public async Task Another_failure_is_final(int code, string error)
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(code, error: error));

        Assert.That((await Client(runner).RunAsync("true", CancellationToken.None)).ExitCode, Is.EqualTo(code));
        Assert.That(runner.Commands, Has.Count.EqualTo(1));
    }

    private SshClient Client(IToolRunner runner) =>
        new(runner, SshConnection.To(TestHome.Record(), _home.Home.Deployment("abc"), "many", "127.0.0.1"));

    private sealed class CountingRunner : IToolRunner
    {
        private readonly Lock _gate = new();
        private int _running;
        private int _runs;

        public int Runs => _runs;

        public int MostAtOnce { get; private set; }

        public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
        {
            int running = Interlocked.Increment(ref _running);
            lock (_gate)
            {
                MostAtOnce = Math.Max(MostAtOnce, running);
                _runs++;
            }

            await Task.Yield();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation);
            Interlocked.Decrement(ref _running);
            return RecordingRunner.Result(0);
        }
    }
}
