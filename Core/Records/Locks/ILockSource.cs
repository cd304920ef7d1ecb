using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>A kind of lock that can block work on a deployment: ours, Terraform's or a shared backend's.</summary>
public interface ILockSource
{
    /// <summary>Finds held locks and those left by killed processes. Changes nothing.</summary>
    Task<IReadOnlyList<FoundLock>> FindAsync(DeploymentRecord record, CancellationToken cancellation);

    /// <summary>Removes a leftover lock. False if it has been taken again in the meantime.</summary>
    Task<bool> RemoveAsync(FoundLock found, CancellationToken cancellation);
}
