using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>The first words of a remedy where a name is nearly right.</summary>
internal static class Meant
{
    /// <summary><c>Did you mean 'x'? </c>, or nothing.</summary>
    public static string Of(string word, IEnumerable<string> names)
    {
        // A word of any length would be compared letter by letter with every name.
        IReadOnlyList<string> near = word.Length > 100 ? [] : NearestName.Of(word, names, most: 1);
        return near.Count > 0 ? $"Did you mean '{near[0]}'? " : "";
    }
}
