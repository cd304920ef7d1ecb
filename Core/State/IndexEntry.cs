namespace TfgridCompose.Core.State;

/// <summary>A deployment's line in <c>index.yaml</c>.</summary>
public sealed record IndexEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string AppName { get; init; }

    public required string AppPath { get; init; }

    public required string Pattern { get; init; }

    public required string Grid { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static IndexEntry Of(DeploymentRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        AppName = record.AppName,
        AppPath = record.AppPath,
        Pattern = record.PatternName,
        Grid = record.Grid,
        CreatedAt = record.CreatedAt,
    };
}
