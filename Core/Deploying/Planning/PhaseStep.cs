using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the planner decided about a phase.</summary>
/// <param name="Phase">Which one.</param>
/// <param name="Runs">Whether it runs.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record PhaseStep(PhaseId Phase, bool Runs, string Reason)
{
    /// <summary>
    /// False if it is known beforehand that the phase leaves the machines unchanged, so that later phases need not run
    /// because of it.
    /// </summary>
    public bool Changes { get; init; } = true;

    /// <summary>The names of its inputs that changed since it last completed; empty if none did or none is known.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];
}
