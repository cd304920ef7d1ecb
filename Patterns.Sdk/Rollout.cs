namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// A command on a host around the hooks of one app target. The steps of one target run one after the other. Those of different targets may run at once, also on the same
/// host, and must bear it.
/// </summary>
/// <param name="When">Before or after the hooks.</param>
/// <param name="Host">The name of the host on which it runs; it need not be the target.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record RolloutStep(RolloutTime When, string Host, IReadOnlyList<string> Command, string Description);

/// <summary>When a step of a rollout runs.</summary>
public enum RolloutTime
{
    /// <summary>
    /// Before the app's files are replaced and the hooks run on a target that had the app before, where the manifest says <c>deploy.strategy: rolling</c>: it takes the
    /// target out of service. A failure ends the rollout before any of the app's files on the target changes.
    /// </summary>
    BeforeHooks,

    /// <summary>
    /// After every target's hooks, also the first time: it brings the target into service and returns when it serves. A failure ends the rollout; the targets whose turn
    /// comes later keep what they have.
    /// </summary>
    AfterHooks,
}
