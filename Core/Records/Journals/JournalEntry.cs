using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>
/// A line of the journal: who did what, with what inputs, and how it ended. Members with a default are `set`, as in the
/// record.
/// </summary>
public sealed record JournalEntry
{
    public const int CurrentSchema = 1;

    /// <summary>The version of this line; absent in the oldest lines, which have version 1.</summary>
    public int Schema { get; set; } = CurrentSchema;

    public required DateTimeOffset At { get; init; }

    /// <summary>Groups the lines of one run of a verb; null in the oldest lines.</summary>
    public string? Run { get; init; }

    /// <summary>up, down.</summary>
    public required string Verb { get; init; }

    /// <summary>The phase, or null for a line about the verb as a whole.</summary>
    public PhaseId? Phase { get; init; }

    public required JournalResult Result { get; init; }

    /// <summary>Fingerprint of the phase's inputs.</summary>
    public string? Inputs { get; init; }

    public long? Milliseconds { get; init; }

    /// <summary>
    /// False if the run is known to have left the machines unchanged. True or null: later phases run again.
    /// </summary>
    public bool? Changed { get; init; }

    /// <summary>Why it runs, or the codes of its errors.</summary>
    public string? Detail { get; init; }

    /// <summary>The deployment's machines that its errors are about, separated by spaces.</summary>
    public string? Machines { get; init; }

    public string? User { get; init; }

    public string? Host { get; init; }

    public int? ProcessId { get; init; }

    /// <summary>The command line with <c>--env</c> values hidden; only on lines about the verb as a whole.</summary>
    public string? Command { get; init; }

    /// <summary>The version of tfgrid-compose that wrote it.</summary>
    public string? WrittenBy { get; init; }
}
