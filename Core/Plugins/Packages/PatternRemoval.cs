using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Removes an installed pattern. Deployments keep their own copies of its files.</summary>
public sealed class PatternRemoval(Surroundings here, DeploymentIndex index, Func<LockHolder> holder)
{
    /// <summary>
    /// Finds a pattern by its name or its package's id. Throws for a built-in pattern and for an unknown name.
    /// </summary>
    public RemovablePattern Find(string nameOrPackage)
    {
        LockedPattern? entry = PatternsLock.Read(here.Home).Find(nameOrPackage);
        var catalog = PluginCatalog.Scan(here.PluginRoots);
        string name = entry?.Name ?? nameOrPackage;
        string place = new PluginsFolder(here.Home).Of(name);
        PatternCatalogEntry? pattern = PatternOf(catalog, name);
        if (pattern is null && entry is null)
        {
            throw new DiagnosticException(ExitCode.Pattern, [UnknownPattern.Named(nameOrPackage, catalog)]);
        }

        if (entry is null && pattern is { BuiltIn: true })
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                PackageCodes.NotFromPackage,
                $"The pattern '{name}' is built in and cannot be removed.",
                "keep it: a pattern that no app uses has no effect");
        }

        string folder = entry is null && pattern is not null ? pattern.Folder : place;
        return new RemovablePattern(
            name,
            folder,
            entry,
            [.. index.Read().Where(deployment => deployment.Pattern == name)]);
    }

    public void Remove(RemovablePattern pattern)
    {
        here.Home.Create();
        using var gate = DeploymentLock.Take(here.Home, here.Home.Plugins, "The plugins folder", holder());
        try
        {
            var locked = PatternsLock.Read(here.Home);
            var plugins = new PluginsFolder(here.Home);
            plugins.Recover(locked);
            if (Directory.Exists(pattern.Folder))
            {
                plugins.Remove(pattern.Folder, locked);
            }

            locked.Remove(pattern.Name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw PatternInstaller.Unwritten(here.Home, problem);
        }
    }

    // The catalog also lists roots that cannot be read, with their problem; they are not patterns.
    private static PatternCatalogEntry? PatternOf(PluginCatalog catalog, string name) =>
        catalog.TryFind(name, out PatternCatalogEntry? found) && found.Problem?.Code != PatternCodes.RootUnreadable
            ? found
            : null;
}
