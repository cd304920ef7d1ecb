using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>pattern</c>, or <c>patterns.recommended</c> and <c>patterns.supported</c>.</summary>
internal static partial class PatternReader
{
    private static readonly string[] Pins = ["version", "package"];

    public static PatternReference? Read(LocatedMap root, string appFolder, TreeReader reader)
    {
        LocatedMap? plural = reader.Map(root, "patterns");
        IReadOnlyList<LocatedScalar> supported = reader.Words(plural, "supported");
        var detailed = root.Entry("pattern")?.Value as LocatedMap;
        LocatedScalar? name = NameOf(root, detailed, plural, supported, reader);
        if (name is not null && IsPath(name.Text))
        {
            WarnOfPins(detailed, reader);
            return new PatternReference
            {
                Name = name.Text,
                Folder = Path.GetFullPath(Path.Combine(appFolder, name.Text.Trim())),
                Location = name.Location,
            };
        }

        if (name is null || !IsValid(name, reader))
        {
            return null;
        }

        if (supported.Count > 0 && !supported.Any(word => word.Text == name.Text))
        {
            reader.Warning(
                ManifestCodes.PatternNotSupported, $"The pattern '{name.Text}' is not among patterns.supported.",
                $"Choose one of {string.Join(", ", supported.Select(word => word.Text))}, or add it there.",
                name.Location);
        }

        return new PatternReference
        {
            Name = name.Text,
            Version = reader.Text(detailed, "version"),
            Package = PackageOf(detailed, reader),
            Supported = [.. supported.Select(word => word.Text)],
            Location = name.Location,
        };
    }

    private static LocatedScalar? NameOf(
        LocatedMap root,
        LocatedMap? detailed,
        LocatedMap? plural,
        IReadOnlyList<LocatedScalar> supported,
        TreeReader reader)
    {
        int before = reader.Problems.Count;
        LocatedScalar? name = detailed is not null
            ? PathOf(detailed, reader) ?? reader.Scalar(detailed, "name")
            : reader.Scalar(root, "pattern");
        name ??= reader.Scalar(plural, "recommended") ?? (supported.Count == 1 ? supported[0] : null);
        if (name is null && reader.Problems.Count == before && (plural is not null || root.Entry("patterns") is null))
        {
            reader.Error(
                ManifestCodes.PatternMissing, "The manifest names no pattern.",
                "Add a line like 'pattern: NAME'; 'tfgrid-compose patterns list' shows the names.",
                (root.Entry("pattern") ?? root.Entry("patterns"))?.KeyLocation ?? root.Location);
        }

        return name;
    }

    private static void WarnOfPins(LocatedMap? detailed, TreeReader reader)
    {
        foreach (string key in Pins)
        {
            if (detailed?.Entry(key) is { } pin)
            {
                reader.Warning(
                    ManifestCodes.PinIgnored,
                    $"'pattern.{key}' has no effect: a pattern named by its folder is not pinned.",
                    "Remove it, or name an installed pattern: 'pattern: {name: NAME, ...}'.",
                    pin.KeyLocation);
            }
        }
    }

    // A pattern's name has neither a dot nor a slash.
    private static bool IsPath(string text) => !text.Contains('\0') && (text.StartsWith('.') || text.Contains('/'));

    private static LocatedScalar? PathOf(LocatedMap detailed, TreeReader reader)
    {
        LocatedScalar? path = reader.Scalar(detailed, "path");
        return path is null || IsPath(path.Text)
            ? path
            : new LocatedScalar($"./{path.Text}", path.IsPlain, path.Location);
    }

    private static bool IsValid(LocatedScalar name, TreeReader reader)
    {
        if (PatternName.IsValid(name.Text))
        {
            return true;
        }

        reader.Error(
            ManifestCodes.PatternInvalid, $"{name.Kind} cannot be a pattern's name.",
            "Use lower-case letters, digits and '-' ('tfgrid-compose patterns list' shows the names), "
                + "or a folder's path: ./my-pattern.", name.Location);
        return false;
    }

    // The id is shown in a question and in a command to copy.
    private static string? PackageOf(LocatedMap? detailed, TreeReader reader)
    {
        LocatedScalar? package = reader.Scalar(detailed, "package");
        if (package is null || (package.Text.Length <= 100 && PackageId().IsMatch(package.Text)))
        {
            return package?.Text;
        }

        reader.Error(
            ManifestCodes.PatternInvalid,
            $"{package.Kind} cannot be the id of a package.",
            "Write an id like Acme.Pattern.Wiki; put the version into pattern.version.",
            package.Location);
        return null;
    }

    // NuGet's own rule.
    [GeneratedRegex(@"^\w+([_.-]\w+)*\z")]
    private static partial Regex PackageId();
}
