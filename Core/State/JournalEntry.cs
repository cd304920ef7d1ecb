using System.Text.Json.Serialization;
using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.State;

/// <summary>A line of the journal: who did what, with what inputs, and how it ended.</summary>
public sealed record JournalEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>up, down.</summary>
    public required string Verb { get; init; }

    /// <summary>The phase, or null for a line about the verb as a whole.</summary>
    public PhaseId? Phase { get; init; }

    public required JournalResult Result { get; init; }

    /// <summary>Fingerprint of the phase's inputs.</summary>
    public string? Inputs { get; init; }

    public long? Milliseconds { get; init; }

    /// <summary>False where the run was known to leave the machines as they are; null or true: later phases run again.</summary>
    public bool? Changed { get; init; }

    public string? Detail { get; init; }

    public string? User { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<JournalResult>))]
public enum JournalResult
{
    Started,
    Done,
    Failed,
    Cancelled,
}
