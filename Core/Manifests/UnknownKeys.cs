using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests;

/// <summary>
/// Finds keys that neither Core nor the chosen pattern reads. Keys that start with <c>x-</c> are ignored.
/// </summary>
public sealed class UnknownKeys
{
    private const int MostWarnings = 50;

    private readonly KnownKeyTree _known = new();
    private readonly List<Diagnostic> _warnings = [];
    private readonly string _pattern;

    private UnknownKeys(string pattern, PatternDeclaration declaration)
    {
        _pattern = pattern;
        IEnumerable<string> own = declaration.Options.SelectMany(PathsOf);

        // The pattern's own keys come first: they are the better suggestion for a key at the wrong level.
        foreach (string path in own.Concat(KnownKeys.Effective).Concat(KnownKeys.WithoutEffect))
        {
            _known.Add(path);
        }
    }

    /// <summary>A warning for each unknown key, at most 50, in file order.</summary>
    public static IReadOnlyList<Diagnostic> Of(Manifest manifest, PatternDeclaration declaration)
    {
        var search = new UnknownKeys(manifest.Pattern.Name, declaration);
        search.Walk(manifest.Tree, search._known, "");
        return search._warnings;
    }

    private static IEnumerable<string> PathsOf(PatternOption option) => option.Sources.SelectMany(source =>
        option.Fields.SelectMany(PathsOf).Select(field => $"{source.Path}[].{field}").Prepend(source.Path));

    private void Walk(LocatedNode node, KnownKeyTree known, string path)
    {
        switch (node)
        {
            case LocatedMap map:
                foreach (LocatedEntry entry in map.Entries
                    .Where(entry => !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
                {
                    Visit(entry, known, path);
                }

                break;
            case LocatedList list when known.Item is KnownKeyTree item:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    Walk(list.Items[i], item, $"{path}[{i}]");
                }

                break;
        }
    }

    private void Visit(LocatedEntry entry, KnownKeyTree known, string path)
    {
        string full = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";

        // A single map is accepted instead of a list of maps.
        KnownKeyTree? next = known.Next(entry.Key) ?? known.Item?.Next(entry.Key);
        if (next is null && !known.IsLeaf)
        {
            Warn(entry, known, full);
        }
        else if (next is { TakesAll: false })
        {
            Walk(entry.Value, next, full);
        }
    }

    private void Warn(LocatedEntry entry, KnownKeyTree known, string full)
    {
        if (_warnings.Count >= MostWarnings)
        {
            return;
        }

        string meant = Meant.Of(entry.Key, known.Names.Concat(known.Item?.Names ?? []));
        if (meant.Length == 0 && _known.PathEndingWith(entry.Key) is string elsewhere)
        {
            meant = $"Did you mean '{elsewhere}'? ";
        }

        _warnings.Add(Diagnostic.Warning(
            ManifestCodes.UnknownKey,
            $"The key '{Excerpt.Of(full)}' is not known and has no effect with the pattern '{_pattern}'.",
            $"{meant}Correct or remove it; keys that start with 'x-' are ignored.", entry.KeyLocation));
    }
}
