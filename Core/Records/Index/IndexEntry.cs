using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Index;

/// <summary>
/// A deployment's line in <c>index.yaml</c>. Members are written in this order; <see cref="IndexLine"/> reads them in
/// any.
/// </summary>
public sealed record IndexEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string AppName { get; init; }

    public required string AppPath { get; init; }

    public required string Pattern { get; init; }

    public required string Grid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null if the record cannot be read, or if the line is older than this member.</summary>
    public DeploymentStatus? Status { get; init; }

    /// <summary>The primary address, or null while there is none.</summary>
    public string? Address { get; init; }

    /// <summary>When anything else in this line last changed; null in lines that an older version wrote.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public static IndexEntry Of(DeploymentRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        AppName = record.AppName,
        AppPath = record.AppPath,
        Pattern = record.PatternName,
        Grid = record.Grid,
        CreatedAt = record.CreatedAt,
        Status = record.Status,
        Address = record.Outputs?.PrimaryIp,
        UpdatedAt = record.UpdatedAt,
    };

    /// <summary>The entry of a deployment whose record cannot be read: only that it exists.</summary>
    public static IndexEntry OfUnreadable(DeploymentFolder folder) => new()
    {
        Id = folder.Id,
        Name = folder.Id,
        AppName = "",
        AppPath = "",
        Pattern = "",
        Grid = "",
        CreatedAt = Directory.GetCreationTimeUtc(folder.Path),
    };
}
