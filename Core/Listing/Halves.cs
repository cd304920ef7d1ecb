using System.Runtime.ExceptionServices;

namespace TfgridCompose.Core.Listing;

/// <summary>Shares work between two threads, without the thread pool, whose start takes longer than a listing.</summary>
public static class Halves
{
    /// <summary>Calls <paramref name="work"/> with the bounds of each half, or of all if there are few.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="many">From this number of items on, starting a second thread pays off.</param>
    /// <param name="work">Gets the first item and the one after the last.</param>
    public static void Run(int count, int many, Action<int, int> work)
    {
        int half = count < many ? count : count / 2;
        if (half < count)
        {
            Both(() => work(0, half), () => work(half, count));
        }
        else
        {
            work(0, count);
        }
    }

    /// <summary>
    /// Runs <paramref name="here"/> on this thread and <paramref name="there"/> on another. Both have ended when this
    /// returns or throws.
    /// </summary>
    public static void Both(Action here, Action there)
    {
        ExceptionDispatchInfo? failure = null;
        var second = new Thread(() =>
        {
            try
            {
                there();
            }
            catch (Exception thrown)
            {
                // Unhandled on its own thread, it would end the process.
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        second.Start();
        try
        {
            here();
        }
        finally
        {
            second.Join();
        }

        failure?.Throw();
    }
}
