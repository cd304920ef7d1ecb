using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>Publishes a host and checks the plugins beside it.</summary>
internal static class PublishedPlugins
{
    /// <summary>
    /// The number of files of each plugin. Every one has what its deps.json promises; a missing DLL is a problem of the
    /// catalog.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Publish(string hostProject, string output)
    {
        (
            int exitCode,
            string log) = Builds.Dotnet("publish", hostProject, "-c", Builds.Configuration, "-o", output, "-nodeReuse:false", "-nologo");
        Assert.That(exitCode, Is.Zero, log);

        var catalog = PluginCatalog.Scan([new(Path.Combine(output, "plugins"), BuiltIn: true)]);
        Assert.That(catalog.Entries.Where(entry => !entry.IsActive).Select(entry => entry.Problem!.Message), Is.Empty);
        return catalog.Entries.ToDictionary(
            entry => entry.Name,
            entry => Directory.GetFiles(entry.Folder, "*", SearchOption.AllDirectories).Length);
    }
}
