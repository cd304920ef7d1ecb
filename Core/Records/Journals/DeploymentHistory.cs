using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>
/// Derives from a journal's lines who ran what, when, for how long and with what result. A pure function.
/// </summary>
public static class DeploymentHistory
{
    /// <param name="journal">The lines in order.</param>
    /// <param name="working">Who is working on the deployment now, or null.</param>
    public static IReadOnlyList<RunHistory> Of(IReadOnlyList<JournalEntry> journal, LockHolder? working)
    {
        List<List<JournalEntry>> runs = [];
        foreach (JournalEntry entry in journal)
        {
            if (runs.Count == 0 || !Continues(runs[^1], entry))
            {
                runs.Add([]);
            }

            runs[^1].Add(entry);
        }

        return [.. runs.Select(lines => RunOf(lines, working))];
    }

    /// <summary>The last result of each phase that was ever started, in phase order.</summary>
    public static IReadOnlyList<PhaseHistory> LastOfEachPhase(IReadOnlyList<RunHistory> runs) =>
        [.. runs.SelectMany(run => run.Phases)
            .GroupBy(phase => phase.Phase)
            .Select(group => group.Last())
            .OrderBy(phase => phase.Phase)];

    // Lines of the oldest journals have no run id. There, a run ends if a phase fails, is started again, or is followed
    // by an earlier phase.
    private static bool Continues(List<JournalEntry> run, JournalEntry entry)
    {
        JournalEntry last = run[^1];
        if (last.Run is not null || entry.Run is not null)
        {
            return last.Run == entry.Run;
        }

        return last.Verb == entry.Verb
            && (entry.Result != JournalResult.Started
                || (entry.Phase > last.Phase && last.Result == JournalResult.Done));
    }

    private static RunHistory RunOf(List<JournalEntry> lines, LockHolder? working)
    {
        JournalEntry first = lines[0];
        JournalEntry? end = EndOf(lines);
        RunResult unended = working is not null && first.ProcessId == working.ProcessId && first.Host == working.Host
            ? RunResult.Running
            : RunResult.Interrupted;
        return new RunHistory
        {
            Run = first.Run,
            Verb = first.Verb,
            Command = first.Command,
            User = first.User,
            Host = first.Host,
            ProcessId = first.ProcessId,
            WrittenBy = first.WrittenBy,
            StartedAt = first.At,
            EndedAt = end?.At,
            Result = ResultOf(end, unended),
            Detail = end?.Detail,
            Phases = [.. PhasesOf(lines, unended)],
        };
    }

    // Without lines about the verb as a whole, the run ends with its last phase.
    private static JournalEntry? EndOf(List<JournalEntry> lines)
    {
        JournalEntry last = lines[^1];
        bool isEnd = last.Result != JournalResult.Started && (last.Phase is null || last.Run is null);
        return isEnd ? last : null;
    }

    private static IEnumerable<PhaseHistory> PhasesOf(List<JournalEntry> lines, RunResult unended)
    {
        foreach (IGrouping<PhaseId, JournalEntry> phase in lines.Where(line => line.Phase is not null)
            .GroupBy(line => line.Phase ?? PhaseId.Validate))
        {
            JournalEntry start = phase.First();
            JournalEntry? end = phase.LastOrDefault(line => line.Result != JournalResult.Started);
            TimeSpan? spent = end?.Milliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
            yield return new PhaseHistory(
                phase.Key,
                start.At,
                ResultOf(end, unended),
                spent,
                end?.Detail ?? start.Detail)
            {
                Machines = end?.Machines,
            };
        }
    }

    private static RunResult ResultOf(JournalEntry? end, RunResult unended) => end?.Result switch
    {
        JournalResult.Done => RunResult.Done,
        JournalResult.Failed => RunResult.Failed,
        JournalResult.Cancelled => RunResult.Cancelled,
        _ => unended,
    };
}
