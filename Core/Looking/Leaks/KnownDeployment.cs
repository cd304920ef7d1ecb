namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>A deployment that somebody here knows of.</summary>
/// <param name="Id">Its id, as in the tag <c>tfc/ID</c>.</param>
/// <param name="Name">Its name; empty if it is no longer known.</param>
/// <param name="As">How it is known.</param>
public sealed record KnownDeployment(string Id, string Name, KnownAs As)
{
    /// <summary>The grid; null if unknown.</summary>
    public string? Grid { get; init; }

    /// <summary>
    /// For a living deployment, the contracts in its Terraform state; null if they are unknown or changing right now. For an
    /// ended one, the recorded contracts.
    /// </summary>
    public IReadOnlyCollection<long>? Contracts { get; init; }

    /// <summary>How it is known, for people.</summary>
    public string Reason { get; init; } = "";
}

public enum KnownAs
{
    /// <summary>It has a record: only contracts that are not in its Terraform state are leaks.</summary>
    Living,

    /// <summary>
    /// This user's, but its folder or its record is gone or unreadable: it failed, and nobody works on it.
    /// </summary>
    Broken,

    /// <summary>It has a tombstone.</summary>
    Ended,
}
