using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Compares an installed pattern with a pin.</summary>
internal static class PinCheck
{
    public static PatternCatalogEntry Require(PatternCatalogEntry entry, PatternReference asked, LockedPattern? locked)
    {
        // A built-in pattern does not come from a package, so a lock entry of that name is about another one.
        LockedPattern? origin = entry.BuiltIn ? null : locked;
        if (origin is not null && asked.Package is not null && !origin.IsOf(asked.Package))
        {
            throw Other(
                $"The installed pattern '{entry.Name}' comes from the package {origin.Package}, "
                    + $"but the manifest asks for {asked.Package}.",
                $"tfgrid-compose patterns remove {entry.Name}, then "
                    + $"{PatternPin.Command(asked.Package, asked.Version)}");
        }

        // A pin means the package's version, as in an installation. Other patterns only have their own version.
        string? installed = origin?.Version ?? entry.Descriptor?.Version;
        var wanted = WantedVersion.Parse(asked.Version, asked.Location);
        bool fits = asked.Version is null
            || (NuGetVersion.TryParse(installed, out NuGetVersion? version) && wanted.Allows(version));
        return fits ? entry : throw Other(
            $"The pattern '{entry.Name}' is installed in version {installed}{(entry.BuiltIn ? " (built in)" : "")}, "
                + $"but the manifest asks for {asked.Version}.",
            Remedy(entry, asked, origin, installed));
    }

    private static string Remedy(
        PatternCatalogEntry entry, PatternReference asked, LockedPattern? origin, string? installed)
    {
        if (entry.BuiltIn)
        {
            return $"change pattern.version to {installed}, or use a version of tfgrid-compose that includes version "
                + $"{asked.Version}";
        }

        return (asked.Package ?? origin?.Package) is { } package
            ? PatternPin.Command(package, asked.Version)
            : $"put version {asked.Version} into {entry.Folder}, or change pattern.version";
    }

    private static DiagnosticException Other(string message, string remedy) =>
        new(ExitCode.Pattern, PackageCodes.OtherVersion, message, remedy);
}
