using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Ssh;

/// <summary>The deployment's own pinned host keys.</summary>
public static class KnownHosts
{
    /// <summary>The keys that are pinned under a machine's name.</summary>
    public static IReadOnlyList<HostKey> Of(DeploymentFolder folder, string alias) => File.Exists(folder.KnownHosts)
        ? [.. File.ReadAllLines(folder.KnownHosts).Where(line => line.Split(' ')[0] == alias).Select(HostKey.Parse).OfType<HostKey>()]
        : [];

    /// <summary>Forgets a machine that Terraform has made anew: its old key is void.</summary>
    public static void Forget(DeploymentFolder folder, string alias)
    {
        if (!File.Exists(folder.KnownHosts))
        {
            return;
        }

        string[] lines = File.ReadAllLines(folder.KnownHosts);
        PrivateFile.Write(folder.KnownHosts, string.Concat(lines.Where(line => line.Split(' ')[0] != alias).Select(line => line + "\n")));
    }
}
