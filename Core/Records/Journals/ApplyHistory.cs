using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>What the journal says of a deployment's applies.</summary>
/// <param name="LastAt">The last line about one; null: none was ever begun, so no contract can exist.</param>
/// <param name="EndedWell">Whether the last one succeeded, so that Terraform's state names everything.</param>
public sealed record ApplyHistory(DateTimeOffset? LastAt, bool EndedWell)
{
    public static ApplyHistory Of(IReadOnlyList<JournalEntry> journal)
    {
        // A plan that failed ends the phase without a beginning.
        JournalEntry[] lines = [.. journal
            .Where(entry => entry is { Verb: "up", Phase: PhaseId.Infrastructure })
            .SkipWhile(entry => entry.Result != JournalResult.Started)];
        if (lines.Length == 0)
        {
            return new ApplyHistory(null, EndedWell: true);
        }

        int begun = Array.FindLastIndex(lines, entry => entry.Result == JournalResult.Started);
        return new ApplyHistory(lines[^1].At, lines.Skip(begun).Any(entry => entry.Result == JournalResult.Done));
    }
}
