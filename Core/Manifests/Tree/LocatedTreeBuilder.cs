using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>
/// Builds the tree from the parser's events. Depth and size are limited, with aliases counted in full.
/// </summary>
internal sealed class LocatedTreeBuilder(IParser parser, string file)
{
    private const int MaxDepth = 64;
    private const long MaxSize = 50_000;

    private readonly Dictionary<string, LocatedNode> _anchors = new(StringComparer.Ordinal);
    private long _size;
    private int _depth;

    public List<Diagnostic> Problems { get; } = [];

    public SourceLocation At(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    public LocatedNode Build()
    {
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return Aliased(alias);
        }

        parser.Accept<ParsingEvent>(out _);
        if (parser.Current is not NodeEvent node)
        {
            throw new YamlException(
                parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, "a value is missing.");
        }

        Count(1, node.Start);
        _depth++;
        LocatedNode built = node switch
        {
            SequenceStart => List(),
            MappingStart => Map(),
            _ => Scalar(parser.Consume<Scalar>()),
        };
        _depth--;

        // Registered when complete, so that an anchor cannot contain itself.
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = built;
        }

        return built;
    }

    private LocatedScalar Scalar(Scalar scalar)
    {
        if (!IsWhole(scalar.Value))
        {
            Problems.Add(Diagnostic.Error(
                ManifestCodes.YamlSyntax,
                "The text there holds a NUL, or half of a character.",
                "Write it without; binary data can be written as base64.",
                At(scalar.Start)));
        }

        return new(scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty, At(scalar.Start));
    }

    // Escapes in quotes can write a NUL or half a surrogate pair, which no variable, path or text file can hold.
    private static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private LocatedNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out LocatedNode? node))
        {
            throw new YamlException(
                alias.Start, alias.End, $"the alias '*{alias.Value.Value}' has no anchor before it.");
        }

        Count(node.Size, alias.Start);
        return node;
    }

    private LocatedList List()
    {
        SequenceStart start = parser.Consume<SequenceStart>();
        var items = new List<LocatedNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Build());
        }

        return new LocatedList(items, At(start.Start));
    }

    private LocatedMap Map()
    {
        MappingStart start = parser.Consume<MappingStart>();
        var entries = new Dictionary<string, LocatedEntry>(StringComparer.Ordinal);
        var merged = new List<LocatedMap>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            LocatedScalar key = Key();
            LocatedNode value = Build();
            if (key is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(Merged(value));
            }
            else if (!entries.TryAdd(key.Text, new LocatedEntry(key.Text, key.Location, value)))
            {
                AddDuplicate(key, entries[key.Text]);
            }
        }

        // YAML's merge key: the map's own entries win, then those of earlier maps.
        foreach (LocatedEntry entry in merged.SelectMany(map => map.Entries))
        {
            entries.TryAdd(entry.Key, entry);
        }

        return new LocatedMap([.. entries.Values], At(start.Start));
    }

    private LocatedScalar Key()
    {
        LocatedNode key = Build();
        return key as LocatedScalar ?? throw Bad(key, "A key must be a string, not");
    }

    private static IEnumerable<LocatedMap> Merged(LocatedNode value) => value switch
    {
        LocatedMap map => [map],
        LocatedList list when list.Items.All(item => item is LocatedMap) => list.Items.OfType<LocatedMap>(),
        _ => throw Bad(value, "'<<' takes a map or a list of maps, not"),
    };

    private static DiagnosticException Bad(LocatedNode node, string rule) =>
        new(
            ExitCode.Usage,
            ManifestCodes.YamlSyntax,
            $"{rule} {node.Kind}.",
            "Write it as 'key: value'.",
            node.Location);

    private void AddDuplicate(LocatedScalar key, LocatedEntry first) => Problems.Add(Diagnostic.Error(
        ManifestCodes.DuplicateKey,
        $"The key '{Excerpt.Of(key.Text)}' is given twice; the first is on line {first.KeyLocation.Line}.",
        "Remove one of them.", key.Location));

    private void Count(long nodes, Mark mark)
    {
        _size += nodes;
        if (_size > MaxSize || _depth > MaxDepth)
        {
            throw new DiagnosticException(
                ExitCode.Usage, ManifestCodes.TooComplex,
                $"{file} is nested deeper than {MaxDepth} levels or holds more than {MaxSize} values, "
                    + "with aliases expanded.",
                "Make it simpler; nested aliases multiply its size.", At(mark));
        }
    }
}
