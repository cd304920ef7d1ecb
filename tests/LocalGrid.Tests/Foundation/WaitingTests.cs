using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Foundation;

public sealed class WaitingTests
{
    [Test]
    public void What_is_already_done_is_not_waited_for()
    {
        var clock = new LeapingClock();

        Assert.That(Waiting.Until(() => true, TimeSpan.Zero, TimeSpan.FromSeconds(1), clock));
        Assert.That(clock.Waits, Is.Zero);
    }

    [Test]
    public void It_is_asked_again_after_each_pause()
    {
        var clock = new LeapingClock();
        int asked = 0;

        Assert.That(Waiting.Until(() => ++asked == 3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), clock));
        Assert.That(clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void A_wait_ends_after_its_limit()
    {
        var clock = new LeapingClock();

        Assert.That(Waiting.Until(() => false, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), clock), Is.False);
        Assert.That(clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(12)));
    }

    [Test]
    public void A_clean_up_that_fails_is_a_warning()
    {
        using var computer = new FakeComputer();

        Cleanup.Try(computer.Computer, () => throw new IOException("disk is gone"));

        Assert.That(computer.Warnings.ToString(), Is.EqualTo("[WARN] clean-up after a failure: disk is gone\n"));
    }

    [Test]
    public void Of_work_in_parallel_the_first_error_itself_is_thrown() => Assert.That(
        () => InParallel.ForEach([1, 2], i => throw new GridException("s", "d")),
        Throws.TypeOf<GridException>());

    [Test]
    public void Work_in_parallel_is_all_done()
    {
        int sum = 0;

        InParallel.ForEach([1, 2, 3], i => Interlocked.Add(ref sum, i));

        Assert.That(sum, Is.EqualTo(6));
    }
}
