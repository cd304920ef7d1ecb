using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the planner knows of a phase.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Inputs">Fingerprint of what it would work from now.</param>
/// <param name="RunsAfter">If one of these phases runs, this one runs again.</param>
public sealed record PhaseInputs(PhaseId Id, string Inputs, IReadOnlyList<PhaseId> RunsAfter)
{
    /// <summary>
    /// What differs from the run that had this fingerprint. Called only if the fingerprint differs, because it takes time.
    /// </summary>
    public Func<string?, InputChanges> ChangesSince { get; init; } = _ => InputChanges.Unknown;
}
