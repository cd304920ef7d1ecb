namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Instant">When it happens.</param>
/// <param name="Way">What happens.</param>
/// <param name="Recovery">What is run next: <c>up</c> (and a <c>down</c> at the end) or <c>down</c>.</param>
internal sealed record CrashCase(int Number, KillInstant Instant, CrashWay Way, string Recovery);
