using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>The beginning of a remedy for a misspelt name.</summary>
internal static class Meant
{
    /// <summary><c>Did you mean 'x'? </c>, or nothing.</summary>
    public static string Of(string word, IEnumerable<string> names)
    {
        // Comparing a very long word with every name would be slow.
        IReadOnlyList<string> near = word.Length > 100 ? [] : NearestName.Of(word, names, most: 1);
        return near.Count > 0 ? $"Did you mean '{near[0]}'? " : "";
    }
}
