namespace TfgridCompose.Core.Tests.Clocks;

/// <summary>
/// A wall clock that is set forwards and back by a day each time somebody looks, as NTP, a VM's resume or a user may
/// do. What measures durations runs on.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    public static readonly TimeSpan Jump = TimeSpan.FromDays(1);
    private int _looks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + (Interlocked.Increment(ref _looks) % 2 == 0 ? Jump : -Jump);
}
