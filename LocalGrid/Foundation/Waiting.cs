namespace TfgridCompose.LocalGrid.Foundation;

internal static class Waiting
{
    /// <summary>Asks again after each pause. False if it was not done within the limit.</summary>
    public static bool Until(Func<bool> done, TimeSpan limit, TimeSpan pause, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        while (!done())
        {
            if (clock.GetElapsedTime(start) > limit)
            {
                return false;
            }

            Task.Delay(pause, clock, CancellationToken.None).Wait();
        }

        return true;
    }
}
