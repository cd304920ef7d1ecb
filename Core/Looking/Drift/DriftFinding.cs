namespace TfgridCompose.Core.Looking.Drift;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What: <c>wg0</c>, <c>ssh vm</c>, <c>infrastructure</c>.</param>
/// <param name="State">Whether it is as recorded.</param>
/// <param name="Text">What was seen.</param>
public sealed record DriftFinding(string Subject, DriftState State, string Text);

public enum DriftState
{
    AsRecorded,
    Differs,

    /// <summary>Could not be checked; the text says why.</summary>
    Unknown,
}
