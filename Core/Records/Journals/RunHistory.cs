using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>A run of a verb, from the journal.</summary>
public sealed record RunHistory
{
    /// <summary>Null in runs older than this field.</summary>
    public string? Run { get; init; }

    public required string Verb { get; init; }

    public string? Command { get; init; }

    public string? User { get; init; }

    public string? Host { get; init; }

    public int? ProcessId { get; init; }

    public string? WrittenBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null if no end was recorded.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required RunResult Result { get; init; }

    /// <summary>The codes of its errors.</summary>
    public string? Detail { get; init; }

    public required IReadOnlyList<PhaseHistory> Phases { get; init; }

    public TimeSpan? Duration => EndedAt - StartedAt;
}

/// <summary>A phase of a run.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Spent">How long it took, or null if no end was recorded.</param>
/// <param name="Reason">Why it ran, or the codes of its errors.</param>
public sealed record PhaseHistory(
    PhaseId Phase, DateTimeOffset StartedAt, RunResult Result, TimeSpan? Spent, string? Reason)
{
    /// <summary>The machines that its errors are about, separated by spaces, or null.</summary>
    public string? Machines { get; init; }
}
