namespace TfgridCompose.LocalGrid.Foundation;

internal static class Cleanup
{
    /// <summary>A problem is only a warning, so that it does not hide the first error. Prune removes what is left.</summary>
    public static void Try(Computer computer, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            computer.Warnings.WriteLine($"[WARN] clean-up after a failure: {e.Message}");
        }
    }
}
