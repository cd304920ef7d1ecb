using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>A kind of lock that can keep a deployment from being worked on: ours, Terraform's, a shared backend's.</summary>
public interface ILockSource
{
    /// <summary>What is locked, or was left by a process that died. Looks only.</summary>
    Task<IReadOnlyList<FoundLock>> FindAsync(DeploymentRecord record, CancellationToken cancellation);

    /// <summary>Takes away a lock that it found, which is not alive. False: it came to life meanwhile.</summary>
    Task<bool> RemoveAsync(FoundLock found, CancellationToken cancellation);
}
