using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>Live contracts of one deployment that no state accounts for.</summary>
/// <param name="Grid">The grid that they are on.</param>
/// <param name="DeploymentId">Whose tag they carry.</param>
/// <param name="Name">The deployment's name; empty if unknown.</param>
/// <param name="Owner">Whether they are this user's.</param>
/// <param name="Reason">Why they are listed, for people.</param>
/// <param name="Contracts">The contracts, by id.</param>
public sealed record LeakedContracts(
    string Grid,
    string DeploymentId,
    string Name,
    LeakOwner Owner,
    string Reason,
    IReadOnlyList<GridContract> Contracts)
{
    /// <summary>The deployment lives; only these contracts are missing from its Terraform state.</summary>
    public bool IsStray { get; init; }
}

/// <summary>Who may clean something.</summary>
public enum LeakOwner
{
    /// <summary>It was this user's: a tombstone, a broken folder or the index says so.</summary>
    Ours,

    /// <summary>A colleague's, or another machine's or home's. Touched only if the user names its id.</summary>
    Foreign,
}
