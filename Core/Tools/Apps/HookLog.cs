using System.Text;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// The logs of a hook: one per host if the app is installed on several, because two hosts must not write to one file.
/// </summary>
public static class HookLog
{
    public static string PathOf(DeploymentFolder folder, string hook, string host, bool oneOfSeveral) =>
        oneOfSeveral ? folder.HookLog(hook, host) : folder.HookLog(hook);

    /// <summary>
    /// Existing logs by host, in host order. A single host's log may have been written while there were several.
    /// </summary>
    public static IReadOnlyList<(string Host, string Path)> Of(
        DeploymentFolder folder, string hook, IReadOnlyList<string> hosts) =>
    [
        .. from host in hosts
           from path in NewestOf(hosts.Count == 1
               ? [folder.HookLog(hook), folder.HookLog(hook, host)]
               : [folder.HookLog(hook, host)])
           select (host, path),
    ];

    /// <summary>Adds the host's name to its logs when it is no longer the only host.</summary>
    public static void Name(DeploymentFolder folder, IEnumerable<string> hooks, string host)
    {
        foreach (string hook in hooks.Where(hook => File.Exists(folder.HookLog(hook))))
        {
            File.Move(folder.HookLog(hook), folder.HookLog(hook, host), overwrite: true);
        }
    }

    /// <summary>The last lines of a log of any size.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="count">How many; a very long line counts as several.</param>
    /// <param name="cutOf">Where such a line may be cut.</param>
    public static IReadOnlyList<string> LastLines(string path, int count, Func<string, int> cutOf)
    {
        var last = new Queue<string>();
        var lines = new LinePieces(
            (line, _) =>
            {
                last.Enqueue(line);
                if (last.Count > count)
                {
                    last.Dequeue();
                }
            },
            ToolCommand.UsualLine,
            cutOf);
        using var reader = new StreamReader(PlainFile.Open(path), Encoding.UTF8);
        char[] text = new char[ToolCommand.UsualLine];
        while (reader.Read(text) is > 0 and int length)
        {
            lines.Take(text.AsSpan(0, length));
        }

        lines.End();
        return [.. last];
    }

    private static IEnumerable<string> NewestOf(IEnumerable<string> paths) =>
        paths.Where(File.Exists).OrderByDescending(File.GetLastWriteTimeUtc).Take(1);
}
