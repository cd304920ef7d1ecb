using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the planner knows of a phase.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Inputs">Fingerprint of what it would work from now.</param>
/// <param name="RunsAfter">The phases after whose run it runs again.</param>
public sealed record PhaseInputs(PhaseId Id, string Inputs, IReadOnlyList<PhaseId> RunsAfter)
{
    /// <summary>
    /// What differs from the run that had this fingerprint. It costs something, and is asked only where the fingerprint
    /// differs.
    /// </summary>
    public Func<string?, InputChanges> ChangesSince { get; init; } = _ => InputChanges.Unknown;
}
