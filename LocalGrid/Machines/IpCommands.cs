namespace TfgridCompose.LocalGrid.Machines;

/// <summary>ip(8) in batches: one process for many changes.</summary>
internal static class IpCommands
{
    public static void Run(string? networkNamespace, params IEnumerable<string> lines)
    {
        var batch = string.Join('\n', lines);
        if (batch.Length > 0)
        {
            Tool.Run([.. Command(networkNamespace), "-batch", "-"], batch + "\n");
        }
    }

    /// <summary>For removal: goes on after what is already gone.</summary>
    public static void RunAll(string? networkNamespace, params IEnumerable<string> lines)
    {
        var batch = string.Join('\n', lines);
        if (batch.Length > 0)
        {
            Tool.Try([.. Command(networkNamespace), "-force", "-batch", "-"], batch + "\n");
        }
    }

    public static bool NamespaceExists(string name) => File.Exists($"/run/netns/{name}");

    private static string[] Command(string? networkNamespace) => networkNamespace is null ? ["ip"] : ["ip", "-n", networkNamespace];
}
