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
        Thread? second = null;
        if (half < count)
        {
            second = new Thread(() => work(half, count));
            second.Start();
        }

        work(0, half);
        second?.Join();
    }
}
