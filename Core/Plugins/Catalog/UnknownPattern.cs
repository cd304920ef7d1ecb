using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Catalog;

// Separate from the catalog, so that LINQ is only loaded for a wrong name.
internal static class UnknownPattern
{
    public static Diagnostic Named(string name, PluginCatalog catalog)
    {
        string[] active =
        [
            .. catalog.Entries.Where(entry => entry.IsActive).Select(entry => entry.Name).Order(StringComparer.Ordinal),
        ];
        IReadOnlyList<string> near = NearestName.Of(name, active);
        string remedy = (near.Count, active.Length) switch
        {
            ( > 0, _) => $"write '{string.Join("' or '", near)}'",
            (_, > 0) => $"use one of {string.Join(", ", active)}",
            _ => "install a pattern; none is installed",
        };
        return Diagnostic.Error(PatternCodes.UnknownPattern, $"There is no pattern named '{name}'", remedy);
    }
}
