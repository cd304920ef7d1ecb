namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Instant">When the run is killed.</param>
/// <param name="Children">Whether everything that the run has started is killed too.</param>
/// <param name="Recovery">What is run next: <c>up</c> (and a <c>down</c> at the end) or <c>down</c>.</param>
internal sealed record CrashCase(int Number, KillInstant Instant, bool Children, string Recovery);
