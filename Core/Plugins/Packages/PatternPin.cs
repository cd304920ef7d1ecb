using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Compares a manifest's <c>pattern: {name, package, version}</c> with the installed patterns.</summary>
public static class PatternPin
{
    /// <summary>The plugin that the manifest requests, in a version that it allows.</summary>
    public static PatternCatalogEntry Require(PluginCatalog catalog, PatternReference asked, TfgridHome home)
    {
        if (asked.Package is { } package && IsInstallable(catalog, asked))
        {
            throw NotInstalled(asked, package);
        }

        PatternCatalogEntry entry = catalog.Require(asked.Name);

        // In a separate class, so that apps without a pin do not load it.
        return asked.Package is null && asked.Version is null
            ? entry
            : PinCheck.Require(entry, asked, PatternsLock.Read(home).Of(asked.Name));
    }

    /// <summary>Whether the pattern is not installed and the manifest names its package.</summary>
    public static bool IsInstallable(PluginCatalog catalog, PatternReference asked) =>
        asked.Package is not null && !catalog.TryFind(asked.Name, out _);

    // Quoted, because a version range has brackets that a shell would expand, and the manifest is untrusted.
    internal static string Command(string package, string? version) =>
        $"tfgrid-compose patterns install {ShellQuote.IfNeeded(package)}"
            + (version is null ? "" : $" --version {ShellQuote.IfNeeded(version)}");

    private static DiagnosticException NotInstalled(PatternReference asked, string package)
    {
        _ = WantedVersion.Parse(asked.Version, asked.Location);
        return new DiagnosticException(
            ExitCode.Pattern,
            PackageCodes.NotInstalled,
            $"The pattern '{asked.Name}' is not installed; the package {package} contains it.",
            Command(package, asked.Version));
    }
}
