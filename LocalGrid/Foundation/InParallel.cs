using System.Runtime.ExceptionServices;

namespace TfgridCompose.LocalGrid.Foundation;

internal static class InParallel
{
    /// <summary>Like Parallel.ForEach, but throws the first error itself, not an AggregateException.</summary>
    public static void ForEach<T>(IEnumerable<T> items, Action<T> action)
    {
        try
        {
            Parallel.ForEach(items, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
