using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Lifecycle;

/// <summary>The lifecycle plugins that the user installed.</summary>
public static class LifecyclePlugins
{
    /// <summary>
    /// In execution order, by folder name. If two have the same name, the one in the first root runs.
    /// </summary>
    public static IReadOnlyList<LifecyclePlugin> Of(IReadOnlyList<PluginRoot> roots)
    {
        string[] folders =
        [
            .. roots.Where(root => !root.BuiltIn && Directory.Exists(root.Path))
                .SelectMany(root => FoldersIn(root.Path)),
        ];
        var plugins = new List<LifecyclePlugin>();
        foreach (string folder in folders)
        {
            LifecyclePlugin plugin = LifecyclePluginReader.Read(folder);
            LifecyclePlugin? first = plugins.Find(other => other.Id == plugin.Id);
            plugins.Add(first is null
                ? plugin
                : plugin with
                {
                    Problem = LifecyclePluginReader.Broken(
                        plugin, $"{first.Folder} has the same name and is used.", null),
                });
        }

        return [.. plugins.OrderBy(plugin => plugin.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> FoldersIn(string root)
    {
        try
        {
            return Directory.GetDirectories(root)
                .Where(folder => !Path.GetFileName(folder).StartsWith('.')
                    && File.Exists(Path.Combine(folder, LifecyclePlugin.FileName)))
                .ToArray();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The pattern catalog reports that this root cannot be listed.
            return [];
        }
    }
}
