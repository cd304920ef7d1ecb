using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>Splits a comma-separated string; each word keeps its location.</summary>
internal static class TextWords
{
    public static IReadOnlyList<LocatedScalar> Of(LocatedScalar scalar)
    {
        var words = new List<LocatedScalar>();
        int start = 0;
        foreach (string part in scalar.Text.Split(','))
        {
            string word = part.Trim();
            if (word.Length > 0)
            {
                words.Add(new LocatedScalar(
                    word, scalar.IsPlain, At(scalar, start + part.IndexOf(word, StringComparison.Ordinal))));
            }

            start += part.Length + 1;
        }

        return words;
    }

    // Exact for a string on one line without escapes; the quote takes one column.
    private static SourceLocation At(LocatedScalar scalar, int offset) =>
        scalar.Location with { Column = scalar.Location.Column + offset + (scalar.IsPlain ? 0 : 1) };
}
