namespace TfgridCompose.Core.Records.Deployments;

/// <summary>The tombstone of a deployment: that it ended, and how that was proven. Its contracts stay known as this user's own.</summary>
public sealed record EndedDeployment
{
    public const int CurrentSchema = 1;

    /// <summary>The grid said that nothing is left.</summary>
    public const string ByGrid = "grid";

    /// <summary>Nothing was ever made.</summary>
    public const string NeverApplied = "never-applied";

    /// <summary>Terraform said so, and the grid was not asked.</summary>
    public const string Unverified = "unverified";

    /// <summary>Another machine ended it; this one forgot its copy.</summary>
    public const string Elsewhere = "elsewhere";

    public int Schema { get; set; } = CurrentSchema;

    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public string AppName { get; set; } = "";

    public string AppPath { get; set; } = "";

    /// <summary>The grid; empty where the record could not be read.</summary>
    public string Grid { get; set; } = "";

    public string IpRange { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Every contract id that was known of it.</summary>
    public IReadOnlyList<long> Contracts { get; set; } = [];

    /// <summary><see cref="ByGrid"/>, <see cref="NeverApplied"/>, <see cref="Unverified"/> or <see cref="Elsewhere"/>.</summary>
    public string Proof { get; set; } = ByGrid;

    /// <summary>Whether the record is still that of the end: one that was fetched from a shared state later lives again.</summary>
    public bool Ends(DeploymentRecord? record) => record is null || record.UpdatedAt <= EndedAt;

    public static EndedDeployment Of(DeploymentRecord record, DateTimeOffset endedAt, string proof) => new()
    {
        Id = record.Id,
        Name = record.Name,
        AppName = record.AppName,
        AppPath = record.AppPath,
        Grid = record.Grid,
        IpRange = record.IpRange,
        CreatedAt = record.CreatedAt,
        EndedAt = endedAt,
        Contracts = record.ContractIds(),
        Proof = proof,
    };
}
