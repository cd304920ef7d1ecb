using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Warns about unknown keys in a map that has a fixed set of keys.</summary>
internal static class ClosedKeys
{
    public static void Check(LocatedMap root, IReadOnlyList<string> known, TreeReader reader)
    {
        foreach (LocatedEntry entry in root.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            reader.Warning(
                ManifestCodes.UnknownKey, $"The key '{Excerpt.Of(entry.Key)}' is not known and has no effect.",
                $"{Meant.Of(entry.Key, known)}Known: {string.Join(", ", known)}.", entry.KeyLocation);
        }
    }
}
