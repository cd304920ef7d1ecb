namespace TfgridCompose.Core.Records.Locks;

/// <summary>A lock of a deployment, held or left behind.</summary>
/// <param name="Kind">What it is, to display: <c>the deployment's lock</c>, <c>Terraform's state lock</c>.</param>
/// <param name="Holder">Who holds or held it, to display.</param>
/// <param name="IsAlive">Whether the holder is running; such a lock is never removed.</param>
/// <param name="Key">Its identifier for the lock source: a path or an id.</param>
/// <param name="Remedy">How to end a running holder.</param>
public sealed record FoundLock(string Kind, string Holder, bool IsAlive, string Key, string Remedy)
{
    /// <summary>Whether it is unknown if the holder still runs, because it is on another machine.</summary>
    public bool IsUnknown { get; init; }
}
