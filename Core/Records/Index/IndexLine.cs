using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Records.Index;

/// <summary>A line of <c>index.yaml</c>: <c>- </c> and flat JSON, which is YAML's flow style.</summary>
internal static class IndexLine
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

    /// <summary>Null: the line is damaged.</summary>
    public static IndexEntry? Read(ReadOnlySpan<byte> line) =>
        IndexRow.TryRead(line, out IndexRow row) ? OfRow(in row) ?? Parse(line) : Parse(line);

    private static IndexEntry? OfRow(in IndexRow row) => UtcTime.Read(row.CreatedAt) is { } created
        && IndexRow.Text(row.Name) is { } name && IndexRow.Text(row.AppName) is { } appName && IndexRow.Text(row.AppPath) is { } appPath
        && StatusOf(row.Status) is { } status
        && UtcTime.Read(row.UpdatedAt) is { } updated
            ? new IndexEntry
            {
                Id = IndexRow.Text(row.Id) ?? "",
                Name = name,
                AppName = appName,
                AppPath = appPath,
                Pattern = IndexRow.Text(row.Pattern) ?? "",
                Grid = IndexRow.Text(row.Grid) ?? "",
                CreatedAt = created,
                Status = status,
                Address = row.Address.IsEmpty ? null : IndexRow.Text(row.Address),
                UpdatedAt = updated,
            }
            : null;

    private static DeploymentStatus? StatusOf(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("running"u8) ? DeploymentStatus.Running
        : word.SequenceEqual("failed"u8) ? DeploymentStatus.Failed
        : word.SequenceEqual("deploying"u8) ? DeploymentStatus.Deploying
        : word.SequenceEqual("destroying"u8) ? DeploymentStatus.Destroying
        : null;

    // Any JSON: lines of before a member was added, or that somebody wrote by hand.
    private static IndexEntry? Parse(ReadOnlySpan<byte> line)
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
