namespace TfgridCompose.Core.Records.Locks;

/// <summary>A lock of a deployment, held or left behind.</summary>
/// <param name="Kind">What it is, for people: <c>the deployment's lock</c>, <c>Terraform's state lock</c>.</param>
/// <param name="Holder">Who holds or held it, for people.</param>
/// <param name="IsAlive">Whether the holder lives; such a lock is never removed.</param>
/// <param name="Key">What its source knows it by: a path, an id.</param>
/// <param name="Remedy">Of a living one: how to end its holder.</param>
public sealed record FoundLock(string Kind, string Holder, bool IsAlive, string Key, string Remedy)
{
    /// <summary>Whether nobody can tell from here: its holder is on another machine.</summary>
    public bool IsUnknown { get; init; }
}
