using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Locks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentLockTests : IDisposable
{
    private static readonly LockHolder Holder = new(
        "ann",
        "laptop",
        42,
        "tfgrid-compose up",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly TestHome _home = new();
    private readonly SteppingClock _clock = new();
    private readonly List<string> _said = [];

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_second_taker_is_told_who_holds_it()
    {
        using DeploymentLock first = Take("hello");

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => Take("hello"))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Conflict, "TFC0701")));
        Assert.That(
            problem.Message,
            Is.EqualTo("hello is in use by 'tfgrid-compose up' (process 42 of ann on laptop, since 2026-01-02 03:04:05 UTC)."));
    }

    [Test]
    public void It_is_free_again_after_its_holder_has_ended()
    {
        Take("hello").Dispose();

        Assert.That(() => Take("hello").Dispose(), Throws.Nothing);
        Assert.That(Directory.GetFiles(_home.Home.Locks, "*.holder"), Is.Empty, "a holder that ends takes its name along");
    }

    [Test]
    public void Another_name_or_app_has_its_own()
    {
        using DeploymentLock first = Take("hello");
        using DeploymentLock second = Take("two");
        using var third = DeploymentLock.Take(_home.Home, "/other", "hello", Holder);

        Assert.That(first, Is.Not.Null);
    }

    [Test]
    public async Task A_taker_with_time_waits_and_says_for_whom()
    {
        DeploymentLock first = Take("hello");
        _clock.OnWait = () =>
        {
            if (_clock.Waits == 5)
            {
                first.Dispose();
            }
        };

        using DeploymentLock second = await TakeAsync(TimeSpan.FromSeconds(60));

        Assert.That(_clock.Waits, Is.EqualTo(5));
        Assert.That(
            _said,
            Is.EqualTo([
                "waiting up to 60 s: hello is in use by 'tfgrid-compose up' (process 42 of ann on laptop, since 2026-01-02 03:04:05 UTC)",
            ]));
        Assert.That(second.DiedBefore, Is.Null);
    }

    [Test]
    public async Task The_wait_has_an_end()
    {
        using DeploymentLock first = Take("hello");

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => TakeAsync(TimeSpan.FromSeconds(3600))))!;

        Assert.That(problem.Message, Does.EndWith("since 2026-01-02 03:04:05 UTC); waited 3600 s."));
        Assert.That(_clock.GetUtcNow() - new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Is.EqualTo(TimeSpan.FromSeconds(3600)));
    }

    [Test]
    public async Task Zero_refuses_at_once()
    {
        using DeploymentLock first = Take("hello");

        await Assert.ThrowsAsync<DiagnosticException>(() => TakeAsync(TimeSpan.Zero));
        Assert.That((_clock.Waits, _said.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task The_wait_can_be_cancelled()
    {
        using DeploymentLock first = Take("hello");
        using var cancelled = new CancellationTokenSource();
        _clock.OnWait = cancelled.Cancel;

        await Assert.CatchAsync<OperationCanceledException>(
            () => DeploymentLock.TakeAsync(_home.Home, "/apps/hello", "hello", Terms(TimeSpan.FromSeconds(60)), cancelled.Token));
        Assert.That(_clock.Waits, Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_killed_process_held_is_taken_over_with_a_note()
    {
        DeploymentRecord record = _home.Store.Save(TestHome.Record());
        using (var other = TestProcess.Start("hold", _home.Home.Path, record.Id))
        {
            await Assert.ThrowsAsync<DiagnosticException>(() => EnterAsync(record));
            Assert.That(ProcessLocks.Working(_home.Home, record)?.ProcessId, Is.EqualTo(other.Id));
            other.Kill();
            Assert.That(ProcessLocks.Working(_home.Home, record), Is.Null);
            using DeploymentGate gate = await EnterAsync(record);
            Assert.That(_said, Has.Count.EqualTo(1), "one note for both locks");
            Assert.That(
                _said[0],
                Does.StartWith($"took over from 'tfgrid-compose up hello' (process {other.Id} of ").And.EndsWith("UTC), which died"));
        }

        _said.Clear();
        using DeploymentGate again = await EnterAsync(record);
        Assert.That(_said, Is.Empty, "the taker ended as it should");
    }

    [Test]
    public async Task A_process_that_ends_as_it_should_leaves_no_note()
    {
        DeploymentRecord record = _home.Store.Save(TestHome.Record());
        using (var other = TestProcess.Start("hold", _home.Home.Path, record.Id))
        {
            Assert.That(other.End(), Is.Zero);
        }

        using DeploymentGate gate = await EnterAsync(record);
        Assert.That(_said, Is.Empty);
    }

    [Test]
    public async Task Only_what_the_dead_left_is_removed()
    {
        DeploymentRecord record = _home.Store.Save(TestHome.Record());
        var locks = new ProcessLocks(_home.Home);
        using var other = TestProcess.Start("hold", _home.Home.Path, record.Id);
        IReadOnlyList<FoundLock> held = await locks.FindAsync(record, CancellationToken.None);
        Assert.That(held.Select(found => found.IsAlive), Is.EqualTo([true, true]));
        Assert.That(held[0].Remedy, Does.Contain($"`kill {other.Id}`"));
        Assert.That(await locks.RemoveAsync(held[0], CancellationToken.None), Is.False);

        other.Kill();
        IReadOnlyList<FoundLock> left = await locks.FindAsync(record, CancellationToken.None);
        Assert.That(left.Select(found => found.IsAlive), Is.EqualTo([false, false]));
        Assert.That(await locks.RemoveAsync(left[0], CancellationToken.None) && await locks.RemoveAsync(left[1], CancellationToken.None));
        Assert.That(await locks.FindAsync(record, CancellationToken.None), Is.Empty);
    }

    private DeploymentLock Take(string name) => DeploymentLock.Take(_home.Home, "/apps/hello", name, Holder);

    private Task<DeploymentLock> TakeAsync(TimeSpan timeout) =>
        DeploymentLock.TakeAsync(_home.Home, "/apps/hello", "hello", Terms(timeout), CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(60));

    private Task<DeploymentGate> EnterAsync(DeploymentRecord record) =>
        DeploymentGate.OfAsync(_home.Home, record, Terms(TimeSpan.Zero), CancellationToken.None);

    private LockTerms Terms(TimeSpan timeout) => new(() => Holder, timeout, _clock, _said.Add);
}
