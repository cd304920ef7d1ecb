using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A package may replace only the pattern that it installed itself.</summary>
internal sealed class NameOwnership(
    Surroundings here, PatternsLock locked, PluginsFolder plugins, PackageProblems problems)
{
    public void Require(string name, string package)
    {
        string place = plugins.Of(name);
        PatternCatalogEntry? owner =
            PluginCatalog.Scan(here.PluginRoots).TryFind(name, out PatternCatalogEntry? found) ? found : null;
        if (owner is { BuiltIn: true })
        {
            throw problems.NameOwned(
                name,
                "a built-in pattern has",
                "ask its author to rename it; a built-in pattern cannot be replaced");
        }

        LockedPattern? entry = locked.Of(name);
        string? inTheWay =
            owner is not null && owner.Folder != place ? owner.Folder : Directory.Exists(place) ? place : null;
        if (inTheWay is not null && (inTheWay != place || entry?.IsOf(package) != true))
        {
            string whose = entry is null || inTheWay != place
                ? $"the plugin in {inTheWay} has"
                : $"the package {entry.Package} installed";
            throw problems.NameOwned(
                name,
                whose,
                inTheWay == place
                    ? $"remove that pattern first: tfgrid-compose patterns remove {name}"
                    : $"remove that folder first: {inTheWay}");
        }

        if (locked.Patterns.FirstOrDefault(other => other.IsOf(package) && other.Name != name) is { } renamed)
        {
            throw problems.NameOwned(
                name,
                $"differs from '{renamed.Name}', which this package installed before",
                $"remove that pattern first: tfgrid-compose patterns remove {renamed.Name}");
        }
    }
}
