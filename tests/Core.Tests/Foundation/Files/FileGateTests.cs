using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

public sealed class FileGateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private string _path = "";

    [SetUp]
    public void SetUp() => _path = Path.Combine(Directory.CreateTempSubdirectory("tfc-gate").FullName, "gate.lock");

    [TearDown]
    public void TearDown() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public async Task Who_comes_second_enters_when_the_first_one_has_left()
    {
        bool left = false;
        FileStream first = FileGate.Enter(_path);
        Task<bool> second = Task.Run(() =>
        {
            using FileStream gate = FileGate.Enter(_path);
            return Volatile.Read(ref left);
        });

        Assert.That(second.Wait(TimeSpan.FromMilliseconds(100)), Is.False);
        Volatile.Write(ref left, true);
        await first.DisposeAsync();

        Assert.That(await second.WaitAsync(Limit), Is.True);
    }

    [Test]
    public async Task Only_one_at_a_time_is_inside()
    {
        int inside = 0;
        int most = 0;
        IEnumerable<Task> visitors = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++)
            {
                using FileStream gate = FileGate.Enter(_path);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Interlocked.Decrement(ref inside);
            }
        }));

        await Task.WhenAll(visitors).WaitAsync(Limit);

        Assert.That(most, Is.EqualTo(1));
    }
}
