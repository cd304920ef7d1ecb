namespace TfgridCompose.Core.Records.Locks;

/// <summary>Who requests a deployment's lock, and how long to wait for it.</summary>
/// <param name="Holder">The holder to write down.</param>
/// <param name="Timeout">How long to wait for it; zero to fail at once.</param>
/// <param name="Clock">The clock for the wait.</param>
/// <param name="Say">Tells the user who holds the lock, or that the lock of a killed process was taken over.</param>
public sealed record LockTerms(Func<LockHolder> Holder, TimeSpan Timeout, TimeProvider Clock, Action<string> Say);
