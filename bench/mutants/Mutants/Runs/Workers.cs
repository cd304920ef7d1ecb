using System.Collections.Concurrent;
using System.Diagnostics;

namespace TfgridCompose.Mutants.Runs;

/// <summary>
/// Does things several at a time, in order; each worker has a number. None is begun when the time is over, which
/// counts from the start.
/// </summary>
internal sealed class Workers(int count, TimeSpan? limit)
{
    private readonly Stopwatch _time = Stopwatch.StartNew();

    /// <exception cref="OperationCanceledException">The time was over before all were done.</exception>
    public async Task RunAsync<T>(IEnumerable<T> things, Func<T, int, Task> does)
    {
        var queue = new ConcurrentQueue<T>(things);
        bool hasFailed = false;
        await Task.WhenAll(Enumerable.Range(1, count).Select(async worker =>
        {
            try
            {
                while (!hasFailed && !(_time.Elapsed > limit) && queue.TryDequeue(out T? next))
                {
                    await does(next, worker);
                }
            }
            catch
            {
                hasFailed = true;
                throw;
            }
        }));
        if (!queue.IsEmpty)
        {
            throw new OperationCanceledException("the time is over");
        }
    }
}
