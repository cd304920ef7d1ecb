using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.Planning;

/// <summary>What the planner decided about a phase.</summary>
public sealed record PhaseStep(PhaseId Phase, bool Runs, string Reason);
