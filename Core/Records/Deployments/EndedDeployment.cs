namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// The tombstone of a destroyed deployment and how its end was proven. Its contracts are still known as this user's
/// own.
/// </summary>
public sealed record EndedDeployment
{
    public const int CurrentSchema = 1;

    /// <summary>The grid confirmed that nothing is left.</summary>
    public const string ByGrid = "grid";

    /// <summary>Nothing was ever created.</summary>
    public const string NeverApplied = "never-applied";

    /// <summary>Terraform reported the end; the grid was not asked.</summary>
    public const string Unverified = "unverified";

    /// <summary>Another machine destroyed it; this one removed its copy.</summary>
    public const string Elsewhere = "elsewhere";

    public int Schema { get; set; } = CurrentSchema;

    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public string AppName { get; set; } = "";

    public string AppPath { get; set; } = "";

    /// <summary>The grid; empty if the record could not be read.</summary>
    public string Grid { get; set; } = "";

    public string IpRange { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>All known contract ids of it.</summary>
    public IReadOnlyList<long> Contracts { get; set; } = [];

    /// <summary>
    /// <see cref="ByGrid"/>, <see cref="NeverApplied"/>, <see cref="Unverified"/> or <see cref="Elsewhere"/>.
    /// </summary>
    public string Proof { get; set; } = ByGrid;

    /// <summary>
    /// Whether the tombstone still applies: a record that was fetched later from a shared state is a live one.
    /// </summary>
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
