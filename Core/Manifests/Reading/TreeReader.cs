using System.Globalization;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads typed values from a tree and collects problems. An absent or invalid value reads as null.</summary>
internal sealed class TreeReader
{
    public List<Diagnostic> Problems { get; } = [];

    public void Error(string code, string message, string remedy, SourceLocation? location) =>
        Problems.Add(Diagnostic.Error(code, message, remedy, location));

    public void Warning(string code, string message, string remedy, SourceLocation? location) =>
        Problems.Add(Diagnostic.Warning(code, message, remedy, location));

    public LocatedScalar? Scalar(LocatedMap? map, string key) => Typed<LocatedScalar>(map?.Entry(key), "a string");

    public LocatedMap? Map(LocatedMap? map, string key) => Typed<LocatedMap>(map?.Entry(key), "a map");

    public string? Text(LocatedMap? map, string key) => Scalar(map, key)?.Text;

    /// <summary>The items of a list, or a single value.</summary>
    public IReadOnlyList<LocatedNode> Items(LocatedMap? map, string key) => map?.Entry(key)?.Value switch
    {
        null => [],
        LocatedList list => list.Items,
        LocatedNode single => [single],
    };

    /// <summary>The strings of a list; a comma-separated string counts as one.</summary>
    public IReadOnlyList<LocatedScalar> Words(LocatedMap? map, string key)
    {
        var words = new List<LocatedScalar>();
        foreach (LocatedNode item in Items(map, key))
        {
            if (item is LocatedScalar scalar)
            {
                words.AddRange(TextWords.Of(scalar));
            }
            else
            {
                WrongType(key, "a list of strings", item);
            }
        }

        return words;
    }

    public bool? Flag(LocatedMap? map, string key)
    {
        LocatedScalar? scalar = Scalar(map, key);
        if (scalar is null)
        {
            return null;
        }

        bool? value = ScalarText.Flag(scalar.Text);
        if (value is null)
        {
            WrongType(key, "true or false", scalar);
        }

        return value;
    }

    public int? Integer(LocatedMap? map, string key)
    {
        LocatedScalar? scalar = Scalar(map, key);
        if (scalar is null)
        {
            return null;
        }

        if (int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
        {
            return value;
        }

        WrongType(key, "a whole number", scalar);
        return null;
    }

    public void WrongType(string key, string expected, LocatedNode actual) => Error(
        ManifestCodes.WrongType,
        $"'{Excerpt.Of(key)}' must be {expected}, not {actual.Kind}.",
        $"Write {expected} there.",
        actual.Location);

    private T? Typed<T>(LocatedEntry? entry, string expected)
        where T : LocatedNode
    {
        if (entry is not null and not { Value: T })
        {
            WrongType(entry.Key, expected, entry.Value);
        }

        return entry?.Value as T;
    }
}
