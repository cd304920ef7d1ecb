namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>The result of a check; if the check looks at samples, for one sample.</summary>
public sealed record CheckResult
{
    public required ConformanceCheck Check { get; init; }

    /// <summary>The sample's name, or null.</summary>
    public string? Sample { get; init; }

    public required CheckStatus Status { get; init; }

    /// <summary>The findings of a failed check, or why it was not run; one per line.</summary>
    public string Detail { get; init; } = "";

    public string Remedy { get; init; } = "";

    /// <summary>Left out because the user said so.</summary>
    public bool Skipped { get; init; }

    public TimeSpan Duration { get; init; }
}
