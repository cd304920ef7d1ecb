namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>Suggests the names that were probably meant.</summary>
public static class NearestName
{
    /// <summary>Candidates whose edit distance is at most a third of the word's length, nearest first.</summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> candidates, int most = 3) =>
    [
        .. candidates
            .Select(candidate => (
                Name: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Distance <= Math.Max(1, (word.Length + 2) / 3))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => pair.Name),
    ];

    // Levenshtein with one row.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
