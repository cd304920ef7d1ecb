using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Core.Records.Index;

/// <summary>A line of <c>index.yaml</c>: <c>- </c> and flat JSON, which is YAML's flow style.</summary>
public static class IndexLine
{
    private const string Marker = "- ";
    private const string LastMember = ",\"updated_at\"";

    public static string Of(IndexEntry entry) => $"{Marker}{JsonSerializer.Serialize(entry, IndexJson.Default.IndexEntry)}\n";

    /// <summary>The line less its time: the same text means that nothing else changed.</summary>
    public static string Lasting(IndexEntry entry)
    {
        string line = Of(entry);
        int end = line.LastIndexOf(LastMember, StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + LastMember.Length)];
    }

    /// <summary>The lines that these entries have or would have in the file.</summary>
    public static IndexRows Rows(IEnumerable<IndexEntry> entries) =>
        IndexRows.Read(Encoding.UTF8.GetBytes(string.Concat(entries.Select(Of))))
        ?? throw new InvalidOperationException("a line of the index is not in its own form");

    /// <summary>Null if the line is damaged.</summary>
    public static IndexEntry? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.StartsWith("- "u8) ? JsonSerializer.Deserialize(line[Marker.Length..], IndexJson.Default.IndexEntry) : null;
        }
        catch (JsonException)
        {
            // Its deployment is still there, and is found by its record.
            return null;
        }
    }
}
