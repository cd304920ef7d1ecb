using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Records.Index;

/// <summary>A line of <c>index.yaml</c>: <c>- </c> and flat JSON, which is YAML's flow style.</summary>
public static class IndexLine
{
    private const string Marker = "- ";
    private const string LastMember = ",\"updated_at\"";

    public static string Of(IndexEntry entry) => $"{Marker}{JsonSerializer.Serialize(entry, IndexJson.Default.IndexEntry)}\n";

    /// <summary>The line without its time: if this text is the same, nothing else has changed.</summary>
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
            return line.StartsWith("- "u8) ? Entry(line[Marker.Length..]) : null;
        }
        catch (JsonException)
        {
            // The deployment is still there, and is found by its record.
            return null;
        }
    }

    // The generated reader has 250 methods compiled at every start of `up`.
    private static IndexEntry Entry(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        return reader.Read()
            ? throw new JsonException("it is not one object")
            : JsonMembers.Read(document.RootElement, Entry);
    }

    private static IndexEntry Entry(JsonMembers from) => new()
    {
        Id = from.Text("id"),
        Name = from.Text("name"),
        AppName = from.Text("app_name"),
        AppPath = from.Text("app_path"),
        Pattern = from.Text("pattern"),
        Grid = from.Text("grid"),
        CreatedAt = from.Time("created_at"),
        Status = from.TextOrNull("status") is { } status ? RecordReader.StatusOf(status) : null,
        Address = from.TextOrNull("address"),
        UpdatedAt = from.TextOrNull("updated_at") is null ? null : from.Time("updated_at"),
    };
}
