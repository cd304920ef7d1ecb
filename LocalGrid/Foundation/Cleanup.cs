namespace TfgridCompose.LocalGrid.Foundation;

internal static class Cleanup
{
    /// <summary>A problem while cleaning up never hides the error that came first; prune removes what is left.</summary>
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
