namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>Something on this machine whose deployment is gone.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="What">A path, an interface or a range.</param>
/// <param name="DeploymentId">The deployment that it belonged to.</param>
/// <param name="Owner">Whether it was this user's.</param>
/// <param name="Reason">Why it is listed, for people.</param>
public sealed record MachineLeftover(
    LeftoverKind Kind, string What, string DeploymentId, LeakOwner Owner, string Reason)
{
    /// <summary>
    /// For a range, the folder that its file names. For a tunnel, its interface, or null if it has none yet.
    /// </summary>
    public string? Detail { get; init; }
}

public enum LeftoverKind
{
    /// <summary>A WireGuard configuration, and the interface if it is up.</summary>
    Tunnel,

    /// <summary>A taken address range.</summary>
    Range,

    /// <summary>A deployment's folder.</summary>
    Folder,

    /// <summary>A line of the index whose folder is gone.</summary>
    Entry,

    /// <summary>A lock's file.</summary>
    Lock,
}
