using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Holds a manifest's <c>pattern: {name, package, version}</c> against what is installed.</summary>
public static class PatternPin
{
    /// <summary>The plugin that the manifest asks for, in a version that it allows.</summary>
    public static PatternCatalogEntry Require(PluginCatalog catalog, PatternReference asked, TfgridHome home)
    {
        if (asked.Package is { } package && IsInstallable(catalog, asked))
        {
            throw NotInstalled(asked, package);
        }

        PatternCatalogEntry entry = catalog.Require(asked.Name);

        // Apart, so that apps without a pin pay for none of it.
        return asked.Package is null && asked.Version is null ? entry : PinCheck.Require(entry, asked, PatternsLock.Read(home).Of(asked.Name));
    }

    /// <summary>It is not there, and the manifest says which package brings it.</summary>
    public static bool IsInstallable(PluginCatalog catalog, PatternReference asked) => asked.Package is not null && !catalog.TryFind(asked.Name, out _);

    // A range has brackets, which a shell reads as its own; and a stranger wrote the manifest.
    internal static string Command(string package, string? version) =>
        $"tfgrid-compose patterns install {ShellQuote.IfNeeded(package)}{(version is null ? "" : $" --version {ShellQuote.IfNeeded(version)}")}";

    private static DiagnosticException NotInstalled(PatternReference asked, string package)
    {
        _ = WantedVersion.Parse(asked.Version, asked.Location);
        return new DiagnosticException(
            ExitCode.Pattern, PackageCodes.NotInstalled, $"The pattern '{asked.Name}' is not installed; the package {package} brings it.", Command(package, asked.Version));
    }
}
