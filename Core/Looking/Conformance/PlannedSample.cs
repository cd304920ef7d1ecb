using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>A sample and the pattern's answers to it, which are null if it could not be asked.</summary>
internal sealed record PlannedSample(Sample Sample, SamplePlan? Plan, Topology? Topology)
{
    public bool IsPlanned => Plan is not null && Topology is { Problems.Count: 0, Hosts.Count: > 0 };
}
