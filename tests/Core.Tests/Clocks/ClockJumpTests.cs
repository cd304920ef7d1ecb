using System.Diagnostics;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Clocks;

/// <summary>A wall clock that jumps shortens no wait, lengthens none, and decides nothing.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClockJumpTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);
    private readonly TestHome _home = new();
    private readonly JumpingClock _clock = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task The_wait_for_a_machine_lasts_as_long_as_it_was_told()
    {
        var events = new RecordedEvents();
        var wait = new SshWait(new RecordingRunner(), events, _clock, Limit);
        DeploymentRecord record = TestHome.Record();

        // Nobody listens there: each probe is refused at once.
        RecordedHost host = record.Hosts[0] with { Addresses = [new RecordedAddress("wireguard", "127.77.66.55")] };
        var watch = Stopwatch.StartNew();

        DiagnosticException? problem = null;
        try
        {
            await wait.ForAsync(record, _home.Home.Deployment(record.Id), host, CancellationToken.None).WaitAsync(Generous);
        }
        catch (DiagnosticException expected)
        {
            problem = expected;
        }

        Assert.That(problem?.Diagnostics[0].Code, Is.EqualTo(SshCodes.WaitTimedOut));
        Assert.That(watch.Elapsed, Is.InRange(Limit, Generous));
        TimeSpan[] shown = [.. events.All.OfType<WaitAttempt>().Select(attempt => attempt.Elapsed)];
        Assert.That(shown, Has.Length.GreaterThan(2).And.Ordered);
        Assert.That(shown, Has.All.InRange(TimeSpan.Zero, Generous));
    }

    [Test]
    public async Task A_check_is_tried_until_its_limit()
    {
        int tries = 0;
        var runner = new RecordingRunner(_ => RecordingRunner.Result(Interlocked.Increment(ref tries) < 3 ? 1 : 0));
        var checks = new CheckRunner(runner, _clock, Generous);

        Assert.That(
            await checks.RunAsync(
                [new CommandCheck("vm", ["late"])],
                TestHome.Record(),
                _home.Home.Deployment("abc123xyz"),
                CancellationToken.None).WaitAsync(
                Generous),
            Is.Empty);
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public void The_order_of_the_journal_is_the_order_of_its_lines()
    {
        var journal = new Journal(Path.Combine(_home.Root, "journal"));
        foreach (JournalResult result in new[] { JournalResult.Started, JournalResult.Done, JournalResult.Started, JournalResult.Failed })
        {
            journal.Append(new JournalEntry
            {
                At = _clock.GetUtcNow(),
                Verb = "up",
                Phase = PhaseId.Network,
                Result = result,
                Inputs = "n",
            });
        }

        IReadOnlyList<JournalEntry> read = journal.Read();
        DeploymentPlan plan = Planner.Plan([new PhaseInputs(PhaseId.Network, "n", [])], read, Observation.Nothing);

        Assert.That(
            read.Select(entry => entry.Result),
            Is.EqualTo([JournalResult.Started, JournalResult.Done, JournalResult.Started, JournalResult.Failed]));
        Assert.That(read[3].At, Is.GreaterThan(read[2].At), "the clock did jump");
        Assert.That(read[2].At, Is.LessThan(read[1].At));
        Assert.That(plan.Steps.Single().Reason, Is.EqualTo("it failed the last time"));
    }

    [Test]
    public void A_lock_that_was_taken_tomorrow_is_held_and_free_again_when_its_holder_ends()
    {
        var tomorrow = new LockHolder("ann", "laptop", 42, "tfgrid-compose up", DateTimeOffset.UtcNow + JumpingClock.Jump);
        using (DeploymentLock.Take(_home.Home, "/apps/hello", "hello", tomorrow))
        {
            Assert.That(
                () => DeploymentLock.Take(_home.Home, "/apps/hello", "hello", tomorrow),
                Throws.TypeOf<DiagnosticException>().With.Message.Contains("process 42"));
        }

        Assert.That(() => DeploymentLock.Take(_home.Home, "/apps/hello", "hello", tomorrow).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_record_that_is_saved_yesterday_replaces_the_one_of_today()
    {
        var store = new DeploymentStore(_home.Home, _clock);
        store.Save(TestHome.Record());
        store.Save(TestHome.Record() with { Status = DeploymentStatus.Running });

        Assert.That(store.Load("abc123xyz")?.Status, Is.EqualTo(DeploymentStatus.Running));
        Assert.That(File.ReadAllText(_home.Home.Deployment("abc123xyz").State), Does.Contain("status: running"));
    }
}
