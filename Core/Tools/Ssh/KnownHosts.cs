using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>The deployment's own pinned host keys.</summary>
public static class KnownHosts
{
    /// <summary>Whether a key is pinned under a machine's name.</summary>
    public static bool Has(DeploymentFolder folder, string alias) =>
        File.Exists(folder.KnownHosts) && PlainFile.ReadLines(folder.KnownHosts).Any(line => line.Split(' ')[0] == alias);

    /// <summary>Removes the key of a machine that Terraform has replaced.</summary>
    public static void Forget(DeploymentFolder folder, string alias)
    {
        if (!File.Exists(folder.KnownHosts))
        {
            return;
        }

        string[] lines = PlainFile.ReadLines(folder.KnownHosts);
        PrivateFile.Write(
            folder.KnownHosts,
            string.Concat(lines.Where(line => line.Split(' ')[0] != alias).Select(line => line + "\n")));
    }
}
