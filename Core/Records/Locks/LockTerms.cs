namespace TfgridCompose.Core.Records.Locks;

/// <summary>Who asks for a deployment's lock, and on what terms.</summary>
/// <param name="Holder">Who holds it from now on.</param>
/// <param name="Timeout">How long to wait for it; zero: refuse at once.</param>
/// <param name="Clock">What the wait goes by.</param>
/// <param name="Say">Tells the user whom the wait is for, and that a dead holder's lock was taken over.</param>
public sealed record LockTerms(Func<LockHolder> Holder, TimeSpan Timeout, TimeProvider Clock, Action<string> Say);
