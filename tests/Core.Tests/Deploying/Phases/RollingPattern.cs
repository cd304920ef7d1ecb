using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

/// <summary>A pattern whose first host is told before and after each other one is updated.</summary>
internal sealed class RollingPattern(IReadOnlyList<string> targets) : Pattern
{
    public override PatternDeclaration Declaration { get; } = new();

    public override Topology Topology(TopologyRequest request) => new();

    public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) => new Dictionary<string, object?>();

    public override IReadOnlyList<string> AppTargets(DeploymentFacts deployment) => targets;

    public int? Port { get; init; }

    public override int? AppPort(DeploymentFacts deployment) => Port;

    public override IReadOnlyList<TransitionStep> Transition(TransitionRequest request) =>
        [.. request.Replaced.Select(host => new TransitionStep(TransitionTime.BeforeApply, "lb", ["forget", host], $"forget {host}"))];

    public override IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) =>
    [
        new(RolloutTime.AfterHooks, "lb", ["serve", target], $"bring {target} back"),
        new(RolloutTime.BeforeHooks, "lb", ["drain", target], $"take {target} out"),
    ];
}
