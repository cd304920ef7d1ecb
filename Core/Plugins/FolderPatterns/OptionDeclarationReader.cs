using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads <c>options</c>: the manifest keys that the pattern understands.</summary>
internal sealed partial class OptionDeclarationReader(TreeReader reader)
{
    private const string GigabyteMark = "/GB";
    private static readonly string[] Keys = ["type", "sources", "description", "default", "min", "max", "allowed"];

    private static readonly Dictionary<string, OptionType> Types = new(StringComparer.Ordinal)
    {
        ["text"] = OptionType.Text,
        ["integer"] = OptionType.Integer,
        ["boolean"] = OptionType.Boolean,
        ["size"] = OptionType.Size,
        ["texts"] = OptionType.TextList,
        ["integers"] = OptionType.IntegerList,
    };

    public IReadOnlyList<PatternOption> Read(LocatedMap root) =>
        [.. NamedMaps.Of(root, "options", Keys, reader)
            .Where(pair => HasName(pair.Key))
            .Select(pair => Option(pair.Key.Key, pair.Value))];

    private bool HasName(LocatedEntry entry) =>
        NamedMaps.HasName(
            entry,
            NamePattern(),
            "an option's name",
            "Use lower-case letters, digits, '_' and '-', starting with a letter.",
            reader);

    private PatternOption Option(string name, LocatedMap body)
    {
        OptionType type = TypeOf(body);
        var option = new PatternOption
        {
            Name = name,
            Type = type,
            Sources = Sources(name, type, body),
            Description = reader.Text(body, "description") ?? "",
            Min = Bound(body, "min", type),
            Max = Bound(body, "max", type),
            Allowed = [.. reader.Words(body, "allowed").Select(word => word.Text)],
        };
        return option with { Default = Default(option, body.Entry("default")?.Value) };
    }

    private OptionType TypeOf(LocatedMap body)
    {
        LocatedScalar? type = reader.Scalar(body, "type");
        if (type is null || Types.TryGetValue(type.Text, out _))
        {
            return type is null ? OptionType.Text : Types[type.Text];
        }

        reader.Error(
            FolderPatternCodes.ValueInvalid, $"There is no option type {type.Kind}.",
            $"{Meant.Of(type.Text, Types.Keys)}The types are {string.Join(", ", Types.Keys)}.", type.Location);
        return OptionType.Text;
    }

    private List<OptionSource> Sources(string name, OptionType type, LocatedMap body)
    {
        var sources = new List<OptionSource>();
        foreach (LocatedScalar word in reader.Words(body, "sources"))
        {
            bool gigabytes = word.Text.EndsWith(GigabyteMark, StringComparison.Ordinal);
            string path = gigabytes ? word.Text[..^GigabyteMark.Length] : word.Text;
            if (!PathPattern().IsMatch(path) || (gigabytes && type != OptionType.Size))
            {
                reader.Error(
                    FolderPatternCodes.ValueInvalid, $"{word.Kind} is not a path in a manifest.",
                    "Write keys joined by dots, for example config.disk. For an option of type size whose plain "
                        + "numbers mean GB: config.disk/GB.", word.Location);
                continue;
            }

            sources.Add(new OptionSource(path, gigabytes ? SizeUnit.GB : SizeUnit.MB));
        }

        return sources.Count > 0 ? sources : [new OptionSource($"config.{name}")];
    }

    private long? Bound(LocatedMap body, string key, OptionType type)
    {
        LocatedScalar? bound = reader.Scalar(body, key);
        long? value = bound is null ? null : type switch
        {
            OptionType.Size => SizeText.Megabytes(bound.Text, SizeUnit.MB),
            OptionType.Integer or OptionType.IntegerList => ScalarText.Integer(bound.Text),
            _ => null,
        };
        if (bound is not null && value is null)
        {
            reader.Error(
                FolderPatternCodes.ValueInvalid, $"'{key}' cannot be {bound.Kind} here.",
                "It is for options of type integer, integers or size: write a whole number, "
                    + "or a size such as 512M or 8G.", bound.Location);
        }

        return value;
    }

    // Read like a manifest's value, so that its problems are found here and not in a user's deployment.
    private string? Default(PatternOption option, LocatedNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var reading = new OptionReading(option, option.Sources[0].Unit, $"options.{option.Name}.default");
        reading.Value(node);
        reader.Problems.AddRange(reading.Problems);
        return node switch
        {
            LocatedScalar scalar => scalar.Text,
            LocatedList list => string.Join(", ", list.Items.OfType<LocatedScalar>().Select(item => item.Text)),
            _ => null,
        };
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_-]*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex PathPattern();
}
