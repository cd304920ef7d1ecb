using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>
/// Reads what a variable is set to: <c>option.NAME</c>, <c>fact.NAME</c>, <c>role.ROLE.NAME</c>,
/// <c>key.PURPOSE/BYTES</c> or <c>{value: ...}</c>.
/// </summary>
internal sealed partial class ValueSourceReader(
    TreeReader reader, IReadOnlyList<PatternOption> options, IReadOnlyList<RoleSpec> roles, FactNames names)
{
    private const int MostKeyBytes = 1024;

    public ValueSource? Read(LocatedEntry entry) => entry.Value switch
    {
        LocatedScalar { IsNull: false } scalar => Reference(scalar),
        LocatedMap map when map.Entries is [{ Key: "value" } literal] => new LiteralValue(Literal(literal.Value)),
        _ => Unknown(entry.Value.Location, entry.Value.Kind, ""),
    };

    /// <summary>The default source for a variable: the option or fact of the same name, or null.</summary>
    public ValueSource? OfSameName(string name) =>
        options.Any(option => option.Name == name) ? new OptionReference(name, SizeUnit.MB)
        : names.Facts.Contains(name) ? new FactReference(name)
        : null;

    private ValueSource? Reference(LocatedScalar scalar)
    {
        string[] parts = scalar.Text.Split('/');
        string[] words = parts[0].Split('.', 3);
        string? unit = parts.Length > 1 ? parts[1] : null;
        return (words, parts.Length) switch
        {
            (["option", var name], <= 2) => Option(scalar, name, unit),
            (["fact", var name], 1) =>
                names.Facts.Contains(name) ? new FactReference(name) : Unknown(scalar, name, names.Facts, "facts"),
            (["role", var role, var name], <= 2) => Role(scalar, role, name, unit),
            (["key", ..], 2) when names.TakesKeys => Key(scalar, parts[0]["key.".Length..], parts[1]),
            _ => Unknown(scalar.Location, scalar.Kind, ""),
        };
    }

    private ValueSource? Option(LocatedScalar scalar, string name, string? unit)
    {
        if (options.FirstOrDefault(option => option.Name == name) is not { } found)
        {
            return Unknown(scalar, name, [.. options.Select(option => option.Name)], "options");
        }

        return Unit(scalar, unit, found.Type == OptionType.Size) is { } size ? new OptionReference(name, size) : null;
    }

    private ValueSource? Role(LocatedScalar scalar, string role, string name, string? unit)
    {
        if (roles.All(each => each.Name != role))
        {
            return Unknown(scalar, role, [.. roles.Select(each => each.Name)], "roles");
        }

        if (!names.OfRole.Contains(name))
        {
            return Unknown(scalar, name, names.OfRole, "facts of a role");
        }

        return Unit(scalar, unit, names.SizesOfRole.Contains(name)) is { } size
            ? new RoleReference(role, name, size)
            : null;
    }

    private SizeUnit? Unit(LocatedScalar scalar, string? unit, bool isSize)
    {
        if (unit is null || (isSize && unit is "MB" or "GB"))
        {
            return unit == "GB" ? SizeUnit.GB : SizeUnit.MB;
        }

        reader.Error(
            FolderPatternCodes.ReferenceUnknown, $"{scalar.Kind} asks for the unit '{Excerpt.Of(unit)}'.",
            isSize ? "The units are MB (the default) and GB." : "Only sizes have a unit; leave it out.",
            scalar.Location);
        return null;
    }

    private KeyReference? Key(LocatedScalar scalar, string purpose, string bytes)
    {
        if (PurposePattern().IsMatch(purpose)
            && int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length is >= 1 and <= MostKeyBytes)
        {
            return new KeyReference(purpose, length);
        }

        reader.Error(
            FolderPatternCodes.ReferenceUnknown, $"{scalar.Kind} is not a key.",
            $"Write key.PURPOSE/BYTES: any word (letters, digits, '-', '_', '.') and 1 to {MostKeyBytes} bytes, "
                + "for example key.mycelium/32.", scalar.Location);
        return null;
    }

    private ValueSource? Unknown(LocatedScalar scalar, string name, IReadOnlyList<string> known, string what)
    {
        string listed = known.Count > 0 ? $"The {what} are {string.Join(", ", known)}." : $"There are no {what}.";
        return Unknown(scalar.Location, scalar.Kind, $"{Meant.Of(name, known)}{listed}");
    }

    private ValueSource? Unknown(SourceLocation location, string kind, string remedy)
    {
        reader.Error(
            FolderPatternCodes.ReferenceUnknown, $"{kind} is not something that a variable can be set to.",
            remedy.Length > 0
                ? remedy
                : $"Write option.NAME, fact.NAME, role.ROLE.NAME{(names.TakesKeys ? ", key.PURPOSE/BYTES" : "")} or, "
                    + $"for a fixed value, {{value: ...}}.", location);
        return null;
    }

    private static object? Literal(LocatedNode node) => node switch
    {
        LocatedList list => list.Items.Select(Literal).ToList(),
        LocatedMap map => map.Entries.ToDictionary(entry => entry.Key, entry => Literal(entry.Value)),
        LocatedScalar { IsNull: true } => null,
        LocatedScalar { IsPlain: false } quoted => quoted.Text,
        LocatedScalar { Text: "true" or "false" } flag => flag.Text == "true",
        LocatedScalar plain when ScalarText.Integer(plain.Text) is { } number => number,
        LocatedScalar plain when decimal.TryParse(
            plain.Text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out decimal number) => number,
        LocatedScalar plain => plain.Text,
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex PurposePattern();
}
