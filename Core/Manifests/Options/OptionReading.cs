using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>Converts a node to an option's type and validates it.</summary>
internal sealed class OptionReading(PatternOption option, SizeUnit unit, string path)
{
    /// <summary>Collected by <see cref="Value"/>.</summary>
    public List<Diagnostic> Problems { get; } = [];

    /// <summary>The items of a list of maps; a single map counts as a list of one.</summary>
    public static IReadOnlyList<LocatedNode> Maps(LocatedNode node) => node is LocatedList list ? list.Items : [node];

    /// <summary>The value as <see cref="PatternOptions"/> holds it, or null if there is a problem.</summary>
    public object? Value(LocatedNode node)
    {
        object? value = option.Type switch
        {
            OptionType.TextList => Items(node).Select(Text).OfType<string>().ToList(),
            OptionType.IntegerList => Items(node).Select(Integer).OfType<long>().ToList(),
            OptionType.ObjectList => node is LocatedScalar ? WrongType(node) : Objects(node),
            _ => node is LocatedScalar scalar ? Single(scalar) : WrongType(node),
        };
        return Problems.Count == 0 ? value : null;
    }

    private List<PatternOptions> Objects(LocatedNode node) =>
        [.. Maps(node).Select(Fields).OfType<PatternOptions>()];

    private object? Single(LocatedScalar scalar) => option.Type switch
    {
        OptionType.Integer => Integer(scalar),
        OptionType.Size => Size(scalar),
        OptionType.Boolean => (object?)ScalarText.Flag(scalar.Text) ?? WrongType(scalar),
        _ => Text(scalar),
    };

    private IEnumerable<LocatedScalar> Items(LocatedNode node)
    {
        IReadOnlyList<LocatedNode> nodes = node switch
        {
            LocatedList list => list.Items,
            LocatedScalar scalar => TextWords.Of(scalar),
            _ => [node],
        };
        foreach (LocatedNode item in nodes)
        {
            if (item is LocatedScalar { IsNull: false } scalar)
            {
                yield return scalar;
            }
            else
            {
                WrongType(item);
            }
        }
    }

    private PatternOptions? Fields(LocatedNode item, int index)
    {
        string place = $"{path}[{index}]";
        if (item is not LocatedMap map)
        {
            string keys = string.Join(
                ", ", option.Fields.SelectMany(field => field.Sources.Take(1)).Select(source => source.Path));
            Add(
                OptionCodes.WrongType,
                $"'{place}' must be a map, not {item.Kind}.",
                $"Write a map there, with the keys {keys}.",
                item);
            return null;
        }

        BoundOptions bound = OptionBinder.Bind(map, option.Fields, place);
        Problems.AddRange(bound.Problems);
        return bound.Options;
    }

    private string? Text(LocatedScalar scalar)
    {
        if (option.Allowed.Count == 0 || option.Allowed.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        Add(
            OptionCodes.NotAllowed,
            $"'{path}' cannot be {scalar.Kind}.",
            $"{Meant.Of(scalar.Text, option.Allowed)}Use one of {string.Join(", ", option.Allowed)}.",
            scalar);
        return null;
    }

    private long? Integer(LocatedScalar scalar)
    {
        if (ScalarText.Integer(scalar.Text) is long number)
        {
            return InRange(number, "", scalar);
        }

        WrongType(scalar);
        return null;
    }

    private long? Size(LocatedScalar scalar)
    {
        if (SizeText.Megabytes(scalar.Text, unit) is long megabytes)
        {
            return InRange(megabytes, " MB", scalar);
        }

        Add(
            OptionCodes.SizeInvalid, $"'{path}' must be a size in whole megabytes, not {scalar.Kind}.",
            $"Write a number of {unit}, or a number with a suffix: 512M, 8G, 1T.{Range(" MB")}", scalar);
        return null;
    }

    private long? InRange(long number, string suffix, LocatedScalar scalar)
    {
        if (number >= (option.Min ?? long.MinValue) && number <= (option.Max ?? long.MaxValue))
        {
            return number;
        }

        string written = suffix.Length > 0 ? $" ({scalar.Kind} there)" : "";
        Add(
            OptionCodes.OutOfRange,
            $"'{path}' is {number}{suffix}{written}, which is out of range.",
            $"Change it.{Range(suffix)}",
            scalar);
        return null;
    }

    private string Range(string suffix) => (option.Min, option.Max) switch
    {
        (long min, long max) => $" Allowed: {min} to {max}{suffix}.",
        (long min, null) => $" Allowed: {min}{suffix} and more.",
        (null, long max) => $" Allowed: up to {max}{suffix}.",
        _ => "",
    };

    private object? WrongType(LocatedNode node)
    {
        string expected = option.Type switch
        {
            OptionType.Integer => "a whole number",
            OptionType.Boolean => "true or false",
            OptionType.Size => "a size",
            OptionType.TextList => "a list of strings",
            OptionType.IntegerList => "a list of whole numbers",
            OptionType.ObjectList => "a list of maps",
            _ => "a string",
        };
        Add(
            OptionCodes.WrongType,
            $"'{path}' must be {expected}, not {node.Kind}.",
            $"Write {expected} there.{Range("")}",
            node);
        return null;
    }

    private void Add(string code, string message, string remedy, LocatedNode node) =>
        Problems.Add(Diagnostic.Error(code, message, remedy, node.Location));
}
