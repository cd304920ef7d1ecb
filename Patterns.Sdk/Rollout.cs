namespace TfgridCompose.Patterns.Sdk;

/// <summary>A command on a host around the hooks of one app target, where the manifest says <c>deploy.strategy: rolling</c>.</summary>
/// <param name="When">Before or after the hooks.</param>
/// <param name="Host">The name of the host on which it runs; it need not be the target.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
/// <param name="Description">What it does, for people.</param>
public sealed record RolloutStep(RolloutTime When, string Host, IReadOnlyList<string> Command, string Description);

/// <summary>When a step of a rollout runs.</summary>
public enum RolloutTime
{
    /// <summary>Before the target's hooks: it takes the target out of service. A failure ends the rollout before anything of the target changes.</summary>
    BeforeHooks,

    /// <summary>After them: it brings the target back and returns when it serves. A failure ends the rollout; the targets after it keep what they have.</summary>
    AfterHooks,
}
