using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>The target of <c>unlock</c>, and the locks that were found there.</summary>
/// <param name="What">The deployment or the backend, for people.</param>
/// <param name="Id">The deployment's id; null if it has no record here.</param>
/// <param name="Left">Each lock with the source that can remove it.</param>
internal sealed record LockedTarget(string What, string? Id, IReadOnlyList<(ILockSource Source, FoundLock Lock)> Left)
{
    public bool IsUnknown => Left.Any(left => left.Lock.IsUnknown);

    public string Question
    {
        get
        {
            string dead = Names(Left.Where(left => !left.Lock.IsUnknown));
            string unknown = Names(Left.Where(left => left.Lock.IsUnknown));
            return $"Unlock {What}?"
                + (dead.Length > 0 ? $" Left by processes that died: {dead}." : "")
                + (unknown.Length > 0 ? $" Held by another machine, where it may still be running: {unknown}." : "");
        }
    }

    public static string Names(IEnumerable<(ILockSource Source, FoundLock Lock)> locks) =>
        string.Join("; ", locks.Select(left => $"{left.Lock.Kind}, {left.Lock.Holder}").Distinct());
}
