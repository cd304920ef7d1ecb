using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>
/// Finds the tab that makes a YAML file unreadable. The library often reports the line where the value began, so the tabs are
/// replaced one by one, until the error moves or goes.
/// </summary>
/// <param name="errorOf">Where a text cannot be read, or null if it can.</param>
internal sealed class IndentingTab(Func<string, SourceLocation?> errorOf)
{
    private const int MostTried = 5;
    private const int LongestTried = 64 * 1024;

    /// <summary>
    /// The tab's place, or null if no tab is to blame. Each try reads the whole text, so a large one is not searched.
    /// </summary>
    public SourceLocation? In(string text, SourceLocation error)
    {
        if (text.Length > LongestTried)
        {
            return null;
        }

        string[] lines = text.Split('\n');
        string indent = "";
        int tried = 0;
        for (int i = 0; i < lines.Length && tried < MostTried; i++)
        {
            string content = lines[i].TrimStart(' ', '\t');
            if (content.TrimEnd('\r').Length == 0 || content[0] == '#')
            {
                continue;
            }

            string own = lines[i][..^content.Length];
            int tab = own.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0)
            {
                indent = own;
                continue;
            }

            tried++;
            lines[i] = indent + content;
            if (errorOf(string.Join('\n', lines)) is not { } other || (other.Line, other.Column) != (error.Line, error.Column))
            {
                return error with { Line = i + 1, Column = tab + 1 };
            }
        }

        return null;
    }
}
