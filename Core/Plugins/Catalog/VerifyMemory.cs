using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>
/// The results of the last <c>patterns verify</c>, one line per plugin: folder, stamp, code and message, separated by
/// tabs. Not JSON, because quick listings read it. If a plugin's stamp differs, it has changed since and its result is
/// ignored.
/// </summary>
public sealed class VerifyMemory
{
    private const int Fields = 4;
    private readonly Dictionary<string, string[]> _byFolder = new(StringComparer.Ordinal);

    private VerifyMemory()
    {
    }

    public static VerifyMemory Load(string path)
    {
        var memory = new VerifyMemory();
        foreach (string line in LinesOf(path))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == Fields)
            {
                memory._byFolder[fields[0]] = fields;
            }
        }

        return memory;
    }

    /// <summary>
    /// "message [code]" if the current plugin failed; empty if it passed; null if it was not verified.
    /// </summary>
    public string? ResultOf(PatternCatalogEntry entry)
    {
        if (!_byFolder.TryGetValue(entry.Folder, out string[]? fields) || fields[1] != entry.Stamp)
        {
            return null;
        }

        return fields[2].Length == 0 ? "" : $"{fields[3]} [{fields[2]}]";
    }

    /// <summary>Adds these results to the earlier ones and drops those of missing folders.</summary>
    public void Save(string path, IReadOnlyList<VerifiedPattern> results)
    {
        foreach (VerifiedPattern result in results)
        {
            _byFolder[result.Entry.Folder] =
            [
                result.Entry.Folder,
                result.Entry.Stamp,
                result.Problem?.Code ?? "",
                PlainText.Line(result.Problem?.Message ?? ""),
            ];
        }

        var text = new StringBuilder();
        foreach (string[] fields in _byFolder.Values.Where(fields => Directory.Exists(fields[0]))
            .OrderBy(fields => fields[0], StringComparer.Ordinal))
        {
            text.AppendJoin('\t', fields).Append('\n');
        }

        PrivateFile.CreateFolder(Path.GetDirectoryName(path) ?? ".");
        PrivateFile.Write(path, text.ToString());
    }

    // An unreadable file is ignored: the listing matters more than these results.
    private static string[] LinesOf(string path)
    {
        try
        {
            return File.Exists(path) ? PlainFile.ReadLines(path) : [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
