namespace TfgridCompose.Core.Drift;

/// <summary>The record held against reality.</summary>
public sealed record DriftReport(IReadOnlyList<DriftFinding> Findings)
{
    public bool Differs => Findings.Any(finding => finding.State == DriftState.Differs);
}
