using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>
/// Finds the values of a pattern's declared options in the manifest and converts them to their types.
/// </summary>
public sealed class OptionBinder
{
    private readonly LocatedMap _tree;
    private readonly string _prefix;
    private readonly HashSet<string> _paths;
    private readonly List<Diagnostic> _problems = [];

    private OptionBinder(LocatedMap tree, IReadOnlyList<PatternOption> options, string prefix)
    {
        _tree = tree;
        _prefix = prefix;
        _paths = [.. options.SelectMany(option => option.Sources).Select(source => Full(source.Path))];
    }

    public static BoundOptions Bind(LocatedMap tree, PatternDeclaration declaration) =>
        Bind(tree, declaration.Options, prefix: "");

    /// <summary>
    /// The same for an item of a list. Its fields' sources are relative to it; the prefix is its path
    /// (<c>backend.services[1]</c>).
    /// </summary>
    internal static BoundOptions Bind(LocatedMap tree, IReadOnlyList<PatternOption> options, string prefix)
    {
        var binder = new OptionBinder(tree, options, prefix);
        List<BoundOption> bound =
            [.. options.DistinctBy(option => option.Name).Select(binder.Option).OfType<BoundOption>()];
        return new BoundOptions
        {
            Options = new PatternOptions(bound.ToDictionary(
                option => option.Name, option => option.Value, StringComparer.Ordinal)),
            Origins = bound,

            // Options may share a source, so the same problem can be found more than once.
            Problems = [.. binder._problems.Distinct()],
        };
    }

    private BoundOption? Option(PatternOption option)
    {
        foreach (OptionSource source in option.Sources)
        {
            int before = _problems.Count;
            if (Find(source.Path, option) is LocatedNode node)
            {
                return Bound(option, source, node, Full(source.Path));
            }

            if (_problems.Count > before)
            {
                return null;
            }
        }

        return Default(option);
    }

    private BoundOption? Bound(PatternOption option, OptionSource source, LocatedNode node, string path)
    {
        var reading = new OptionReading(option, source.Unit, path);
        object? value = reading.Value(node);
        _problems.AddRange(reading.Problems);
        return value is null ? null : new BoundOption(option.Name, option.Type, value, path, node.Location)
        {
            Items = option.Type == OptionType.ObjectList
                ? [.. OptionReading.Maps(node).Select(item => item.Location)]
                : [],
        };
    }

    private BoundOption? Default(PatternOption option)
    {
        if (option.Default is not string text)
        {
            return null;
        }

        OptionSource first = option.Sources.Count > 0 ? option.Sources[0] : new OptionSource(option.Name);
        var reading = new OptionReading(option, first.Unit, option.Name);
        object? value = reading.Value(new LocatedScalar(text, isPlain: false, new SourceLocation("", 1, 1)));
        if (value is not null)
        {
            return new BoundOption(option.Name, option.Type, value, Path: null, Location: null);
        }

        _problems.Add(Diagnostic.Error(
            OptionCodes.DefaultInvalid,
            $"The pattern's default '{Excerpt.Of(text)}' of the option '{option.Name}' is not valid for that option.",
            $"Tell the pattern's author, or set {first.Path} in the manifest."));
        return null;
    }

    // Some apps write 'resources.cpu: 2' and some 'resources.cpu.recommended: 2': a map is skipped if another source
    // reads a key in it.
    private LocatedNode? Find(string path, PatternOption option)
    {
        LocatedNode node = _tree;
        string at = _prefix;
        foreach (string key in path.Split('.'))
        {
            if (node is not LocatedMap map)
            {
                AddNotAMap(at, node);
                return null;
            }

            if (map.Entry(key) is not LocatedEntry entry)
            {
                return null;
            }

            node = entry.Value;
            at = Below(at, key);
        }

        bool isElsewhere = option.Sources.Any(other => other.Path.StartsWith(path + ".", StringComparison.Ordinal));
        return node is LocatedMap && isElsewhere ? null : node;
    }

    private void AddNotAMap(string path, LocatedNode node)
    {
        if (!_paths.Contains(path))
        {
            _problems.Add(Diagnostic.Error(
                OptionCodes.WrongType,
                $"'{path}' must be a map, not {node.Kind}.",
                $"Write its keys below it, indented: {KeysBelow(path)}.",
                node.Location));
        }
    }

    private string Full(string path) => Below(_prefix, path);

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private string KeysBelow(string path) => string.Join(", ", _paths
        .Where(known => known.StartsWith(path + ".", StringComparison.Ordinal))
        .Select(known => known[(path.Length + 1)..].Split('.')[0])
        .Distinct().Order(StringComparer.Ordinal));
}
