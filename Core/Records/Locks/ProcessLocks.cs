using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>
/// The locks that tfgrid-compose itself takes. The kernel holds them, so the lock of a running process is never
/// removed.
/// </summary>
public sealed class ProcessLocks(TfgridHome home) : ILockSource
{
    private const string Kind = "the deployment's lock";

    /// <summary>
    /// Who is working on the deployment now, or null. Does not touch the lock, so it disturbs nobody.
    /// </summary>
    public static LockHolder? Working(TfgridHome home, DeploymentRecord record) =>
        LockFiles.Of(home, record)
            .Select(files => LockHolder.Read(files.Holder))
            .FirstOrDefault(holder => holder?.MayLive() == true);

    public Task<IReadOnlyList<FoundLock>> FindAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        List<FoundLock> found = [];
        foreach (LockFiles files in LockFiles.Of(home, record))
        {
            if (LockHolder.Read(files.Holder) is { } holder)
            {
                // For a process on another machine only the kernel's lock can tell; it is tested when the leftover is
                // removed.
                bool isAlive = holder.MayLive() && DeploymentLock.IsHeld(files);
                found.Add(new FoundLock(Kind, holder.ToString(), isAlive, files.Holder, RemedyFor(holder)));
            }
        }

        return Task.FromResult<IReadOnlyList<FoundLock>>(found);
    }

    public Task<bool> RemoveAsync(FoundLock found, CancellationToken cancellation) =>
        Task.FromResult(DeploymentLock.TryClear(new LockFiles(Path.ChangeExtension(found.Key, ".lock"), found.Key)));

    private static string RemedyFor(LockHolder holder) => holder.Host == Environment.MachineName
        ? $"wait for it, or end it: Ctrl-C in its terminal, or `kill {holder.ProcessId}`; what it has created is kept"
        : $"wait for it, or end it on {holder.Host}: `kill {holder.ProcessId}`; what it has created is kept";
}
