using TfgridCompose.Core.Tools.Checks;

namespace TfgridCompose.Core.Looking.Drift;

/// <summary>The record compared with reality.</summary>
public sealed record DriftReport(IReadOnlyList<DriftFinding> Findings)
{
    /// <summary>What the pattern's commands say; those of a host that could not be logged in to did not run.</summary>
    public IReadOnlyList<SeenCommand> Commands { get; init; } = [];

    public bool Differs => Findings.Any(finding => finding.State == DriftState.Differs);
}
