using System.Text;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>Shortens a value from a file for a one-line message.</summary>
internal static class Excerpt
{
    public static string Of(string text, int longest = 60)
    {
        var line = new StringBuilder();
        foreach (char c in text.Take(longest))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.Length > longest ? $"{line}..." : line.ToString();
    }
}
