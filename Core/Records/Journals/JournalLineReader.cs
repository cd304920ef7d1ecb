using System.Text.Json;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>
/// Reads a journal's line from the JSON that <see cref="JournalJson"/> writes; a test compares the two, member by member.
/// </summary>
internal static class JournalLineReader
{
    private static readonly PhaseId[] Phases =
    [
        PhaseId.Validate, PhaseId.Infrastructure, PhaseId.Network, PhaseId.Wait, PhaseId.Platform, PhaseId.Application,
        PhaseId.Verify, PhaseId.Finalize,
    ];

    public static JournalEntry Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonMembers.Read(document.RootElement, Entry);
    }

    private static JournalEntry Entry(JsonMembers from) => new()
    {
        Schema = from.Number("schema", JournalEntry.CurrentSchema),
        At = from.Time("at"),
        Run = from.TextOrNull("run"),
        Verb = from.Text("verb"),
        Phase = from.TextOrNull("phase") is { } phase ? PhaseOf(phase) : null,
        Result = ResultOf(from.Text("result")),
        Inputs = from.TextOrNull("inputs"),
        Milliseconds = from.LongOrNull("milliseconds"),
        Changed = from.FlagOrNull("changed"),
        Detail = from.TextOrNull("detail"),
        Machines = from.TextOrNull("machines"),
        User = from.TextOrNull("user"),
        Host = from.TextOrNull("host"),
        ProcessId = (int?)from.LongOrNull("process_id"),
        Command = from.TextOrNull("command"),
        WrittenBy = from.TextOrNull("written_by"),
    };

    private static PhaseId PhaseOf(string name)
    {
        foreach (PhaseId phase in Phases)
        {
            if (phase.Word().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return phase;
            }
        }

        throw new JsonException($"there is no phase {name}");
    }

    private static JournalResult ResultOf(string name) => name switch
    {
        nameof(JournalResult.Started) => JournalResult.Started,
        nameof(JournalResult.Done) => JournalResult.Done,
        nameof(JournalResult.Failed) => JournalResult.Failed,
        nameof(JournalResult.Cancelled) => JournalResult.Cancelled,
        _ => throw new JsonException($"there is no result {name}"),
    };
}
