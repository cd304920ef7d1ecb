namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>What a check said, of one sample where it looks at samples.</summary>
public sealed record CheckResult
{
    public required ConformanceCheck Check { get; init; }

    /// <summary>The sample's name, or null.</summary>
    public string? Sample { get; init; }

    public required CheckStatus Status { get; init; }

    /// <summary>The findings of a failed check, or why it was not run; one a line.</summary>
    public string Detail { get; init; } = "";

    public string Remedy { get; init; } = "";

    /// <summary>Left out because the user said so.</summary>
    public bool Skipped { get; init; }

    public TimeSpan Duration { get; init; }
}
