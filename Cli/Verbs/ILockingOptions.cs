namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb that takes a deployment's lock.</summary>
public interface ILockingOptions
{
    /// <summary>Seconds to wait while another process holds the lock; 0 to fail at once.</summary>
    int LockTimeout { get; }
}
