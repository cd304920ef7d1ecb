using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Maps of the form <c>NAME: {key: value}</c>; a name without a value has an empty map.</summary>
internal static class NamedMaps
{
    public static IEnumerable<KeyValuePair<LocatedEntry, LocatedMap>> Of(
        LocatedMap? root, string key, IReadOnlyList<string> known, TreeReader reader)
    {
        foreach (LocatedEntry entry in reader.Map(root, key)?.Entries ?? [])
        {
            LocatedMap? body = entry.Value switch
            {
                LocatedMap map => map,
                LocatedScalar { IsNull: true } nothing => new LocatedMap([], nothing.Location),
                _ => null,
            };
            if (body is null)
            {
                reader.WrongType(entry.Key, "a map", entry.Value);
                continue;
            }

            ClosedKeys.Check(body, known, reader);
            yield return new(entry, body);
        }
    }

    /// <summary>Whether the entry's key is a valid name; reports a problem if not.</summary>
    public static bool HasName(LocatedEntry entry, Regex allowed, string what, string remedy, TreeReader reader)
    {
        bool valid = allowed.IsMatch(entry.Key);
        if (!valid)
        {
            reader.Error(
                FolderPatternCodes.ValueInvalid,
                $"'{Excerpt.Of(entry.Key)}' cannot be {what}.",
                remedy,
                entry.KeyLocation);
        }

        return valid;
    }
}
