using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Networks;

/// <summary>ip(8) in batches: one process for many changes.</summary>
internal sealed class IpCommands(Computer computer)
{
    public void Run(string? networkNamespace, params IEnumerable<string> lines)
    {
        string batch = string.Join('\n', lines);
        if (batch.Length > 0)
        {
            computer.Tools.Run([.. Command(networkNamespace), "-batch", "-"], batch + "\n");
        }
    }

    /// <summary>For removal: continues if something is already gone.</summary>
    public void RunAll(string? networkNamespace, params IEnumerable<string> lines)
    {
        string batch = string.Join('\n', lines);
        if (batch.Length > 0)
        {
            computer.Tools.Try([.. Command(networkNamespace), "-force", "-batch", "-"], batch + "\n");
        }
    }

    public bool NamespaceExists(string name) => File.Exists(computer.At($"/run/netns/{name}"));

    private static string[] Command(string? networkNamespace) =>
        networkNamespace is null ? ["ip"] : ["ip", "-n", networkNamespace];
}
