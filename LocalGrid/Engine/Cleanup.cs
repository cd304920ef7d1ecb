namespace TfgridCompose.LocalGrid.Engine;

internal static class Cleanup
{
    /// <summary>What goes wrong while cleaning up never hides the error that made it necessary; prune finds the rest.</summary>
    public static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"[WARN] clean-up after a failure: {e.Message}");
        }
    }
}
