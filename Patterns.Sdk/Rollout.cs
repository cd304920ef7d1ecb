namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// A command on a host around the hooks of one app target. The steps of a target run in order. Steps of different
/// targets may run at the same time, even on the same host, and must tolerate that.
/// </summary>
/// <param name="When">Before or after the hooks.</param>
/// <param name="Host">The name of the host on which it runs, which need not be the target.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record RolloutStep(RolloutTime When, string Host, IReadOnlyList<string> Command, string Description);

/// <summary>When a step of a rollout runs.</summary>
public enum RolloutTime
{
    /// <summary>
    /// Before the app's files are replaced and the hooks run: takes the target out of service. Only with
    /// <c>deploy.strategy: rolling</c>, and only on a target that already has the app. A failure stops the rollout
    /// before the target's files change.
    /// </summary>
    BeforeHooks,

    /// <summary>
    /// After the hooks of every target, the first time too: puts the target into service, and returns when it serves. A
    /// failure stops the rollout; later targets stay as they are.
    /// </summary>
    AfterHooks,
}
