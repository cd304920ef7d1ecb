using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Checks an unpacked pattern before it is installed.</summary>
internal static class UnpackedPattern
{
    /// <summary>The pattern, if its files show no problem. None of its code is run.</summary>
    public static PatternCatalogEntry Check(string folder, PackageProblems problems)
    {
        // Its hooks would run in every deployment, not only in those that use the pattern.
        if (File.Exists(Path.Combine(folder, LifecyclePlugin.FileName)))
        {
            throw problems.UnsafeEntry(
                $"pattern/{LifecyclePlugin.FileName}",
                "makes it a lifecycle plugin; a pattern package may only contain a pattern");
        }

        PatternCatalogEntry entry = PluginCatalog.Open(folder);
        if (entry.Problem is { } problem)
        {
            throw problems.Unusable(problem, folder);
        }

        if (entry.Descriptor is { } described
            && !(PlainText.IsPlain(described.Version) && PlainText.IsPlain(described.Description)))
        {
            throw problems.UnsafeEntry("pattern", "has control characters in its version or description");
        }

        if (entry is { Kind: PatternKind.Assembly, Descriptor: { } plugin }
            && AssemblyHash.Of(Path.Combine(folder, plugin.Assembly)) != plugin.Sha256)
        {
            throw problems.AssemblyDiffers(plugin.Assembly);
        }

        try
        {
            _ = entry.Declaration;
        }
        catch (DiagnosticException unreadable)
        {
            throw problems.Unusable(unreadable.Diagnostics[0], folder);
        }

        return entry;
    }
}
