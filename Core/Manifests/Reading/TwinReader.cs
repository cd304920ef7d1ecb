using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>
/// Reads <c>twin: 26</c>, or <c>twin: {main: 26, test: 7}</c> for a user with a different twin on each grid.
/// </summary>
internal static class TwinReader
{
    public const string Key = "twin";

    /// <summary>Twins by grid; a single number is stored under the empty name.</summary>
    public static IReadOnlyDictionary<string, int> Read(LocatedMap root, TreeReader reader)
    {
        var twins = new Dictionary<string, int>(StringComparer.Ordinal);
        if (root.Entry(Key)?.Value is LocatedMap grids)
        {
            ClosedKeys.Check(grids, GridNames.All, reader);
            foreach (LocatedEntry entry in grids.Entries.Where(entry => GridNames.All.Contains(entry.Key)))
            {
                Add(twins, entry.Key, reader.Integer(grids, entry.Key), entry.Value, reader);
            }
        }
        else
        {
            Add(twins, "", reader.Integer(root, Key), root.Entry(Key)?.Value, reader);
        }

        return twins;
    }

    private static void Add(
        Dictionary<string, int> twins, string grid, int? number, LocatedNode? node, TreeReader reader)
    {
        if (number is < 1 && node is not null)
        {
            reader.WrongType(Key, "a number from 1", node);
        }
        else if (number is { } twin)
        {
            twins[grid] = twin;
        }
    }
}
