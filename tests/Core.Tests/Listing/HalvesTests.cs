using TfgridCompose.Core.Listing;

namespace TfgridCompose.Core.Tests.Listing;

public sealed class HalvesTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(9)]
    [TestCase(10)]
    [TestCase(101)]
    public void Every_item_is_done_once(int count)
    {
        int[] done = new int[count];

        Halves.Run(count, 10, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                done[i]++;
            }
        });

        Assert.That(done, Is.All.EqualTo(1));
    }

    [Test]
    public void What_the_other_thread_throws_is_thrown_here() =>
        Assert.That(
            () => Halves.Run(100, 10, (from, _) => Throw(from > 0)),
            Throws.InvalidOperationException.With.Property(nameof(Exception.StackTrace)).Contain(nameof(Throw)));

    [Test]
    public void After_a_failure_here_the_other_thread_has_ended_too()
    {
        using var failing = new ManualResetEventSlim();
        bool ended = false;

        Assert.That(
            () => Halves.Both(
                () =>
                {
                    failing.Set();
                    Throw(true);
                },
                () =>
                {
                    failing.Wait();
                    Thread.SpinWait(1_000_000);
                    ended = true;
                }),
            Throws.InvalidOperationException);
        Assert.That(ended);
    }

    private static void Throw(bool really)
    {
        if (really)
        {
            throw new InvalidOperationException("refused");
        }
    }
}
