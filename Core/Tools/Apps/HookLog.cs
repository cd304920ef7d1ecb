using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>The logs of a hook: one of its own for each host where several carry the app, for two hosts must not write into one file.</summary>
public static class HookLog
{
    public static string PathOf(DeploymentFolder folder, string hook, string host, bool oneOfSeveral) =>
        oneOfSeveral ? folder.HookLog(hook, host) : folder.HookLog(hook);

    /// <summary>Those that there are, by host, in the hosts' order. A lone host's may have been written while it was one of several.</summary>
    public static IReadOnlyList<(string Host, string Path)> Of(DeploymentFolder folder, string hook, IReadOnlyList<string> hosts) =>
        [.. hosts.SelectMany(host => NewestOf(hosts.Count == 1 ? [folder.HookLog(hook), folder.HookLog(hook, host)] : [folder.HookLog(hook, host)]).Select(path => (host, path)))];

    /// <summary>Gives the logs of the only host so far its name, when it becomes one of several.</summary>
    public static void Name(DeploymentFolder folder, IEnumerable<string> hooks, string host)
    {
        foreach (string hook in hooks.Where(hook => File.Exists(folder.HookLog(hook))))
        {
            File.Move(folder.HookLog(hook), folder.HookLog(hook, host), overwrite: true);
        }
    }

    private static IEnumerable<string> NewestOf(IEnumerable<string> paths) => paths.Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc).Take(1);
}
