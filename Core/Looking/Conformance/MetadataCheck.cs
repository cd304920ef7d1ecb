using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// Checks the descriptor, and that the loaded pattern matches it. Loading checks the contract, the hash, the name and the
/// version.
/// </summary>
internal static partial class MetadataCheck
{
    /// <param name="entry">What the descriptor says.</param>
    /// <param name="pattern">The loaded pattern.</param>
    /// <param name="found">What a deployment on this machine would find under the pattern's name, or null.</param>
    public static IReadOnlyList<Finding> Of(PatternCatalogEntry entry, IPattern pattern, PatternCatalogEntry? found)
    {
        var findings = new List<Finding>();
        string version = entry.Descriptor?.Version ?? "";
        if (!SemanticVersion().IsMatch(version))
        {
            findings.Add(new(
                $"the version '{version}' is not semantic",
                "use MAJOR.MINOR.PATCH, for example 1.0.0 (https://semver.org)"));
        }

        if (string.IsNullOrWhiteSpace(entry.Descriptor?.Description))
        {
            findings.Add(new("it has no description", "say in one sentence what it makes; `patterns list` shows it"));
        }

        // A descriptor that lags behind makes `up` read other options than the pattern asks for.
        if (Json(entry.Declaration) != Json(pattern.Declaration))
        {
            findings.Add(new(
                "its descriptor declares other options, roles, outputs or commands than the pattern itself",
                "build it again; let its declaration depend on its code only"));
        }

        if (found is { BuiltIn: true }
            && found.Folder != entry.Folder
            && (entry.Descriptor is null || found.Descriptor?.Sha256 != entry.Descriptor.Sha256))
        {
            findings.Add(new(
                $"its name '{entry.Name}' is that of a built-in pattern, which would be deployed in its place",
                "give it another name"));
        }

        return findings;
    }

    private static string Json(PatternDeclaration declaration) => JsonSerializer.Serialize(declaration);

    // https://semver.org, "Is there a suggested regular expression": core, pre-release, build.
    [GeneratedRegex(@"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\z")]
    private static partial Regex SemanticVersion();
}
