using System.Diagnostics;

namespace TfgridCompose.EndToEnd.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until null comes; at the limit the test fails with the last reason.</summary>
    public static async Task HoldsAsync(Func<string?> reasonAgainst, string what, TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (reasonAgainst() is { } reason)
        {
            if (watch.Elapsed > limit)
            {
                throw new AssertionException($"not within {limit.TotalSeconds:F0} s: {what}; the last reason: {reason}");
            }

            await Task.Delay(Pause);
        }
    }
}
