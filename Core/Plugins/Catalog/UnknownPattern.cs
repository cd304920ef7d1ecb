using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Catalog;

// Apart from the catalog: its LINQ is only paid for where a name is wrong.
internal static class UnknownPattern
{
    public static Diagnostic Named(string name, PluginCatalog catalog)
    {
        string[] active = [.. catalog.Entries.Where(entry => entry.IsActive).Select(entry => entry.Name).Order(StringComparer.Ordinal)];
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
