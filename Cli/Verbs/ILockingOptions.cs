namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb that takes a deployment's lock.</summary>
public interface ILockingOptions
{
    /// <summary>Seconds to wait where another process holds it; 0: refuse at once.</summary>
    int LockTimeout { get; }
}
