using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Planning;

/// <summary>Compares the journal and what was observed with the request, and says which phases run and why. A pure function.</summary>
public static class Planner
{
    public static DeploymentPlan Plan(
        IReadOnlyList<(PhaseId Id, string Inputs, IReadOnlyList<PhaseId> RunsAfter)> phases,
        IReadOnlyList<JournalEntry> journal,
        Observation observation)
    {
        var steps = new List<PhaseStep>();
        foreach ((PhaseId id, string inputs, IReadOnlyList<PhaseId> runsAfter) in phases)
        {
            string? reason = ReasonOf(id, inputs, journal, observation)
                ?? steps.Where(step => step.Runs && runsAfter.Contains(step.Phase)).Select(step => $"{step.Phase.Word()} runs").FirstOrDefault()
                ?? SinceDone(id, runsAfter, journal);
            steps.Add(new PhaseStep(id, reason is not null, reason ?? "unchanged"));
        }

        return new DeploymentPlan(steps);
    }

    // What an earlier run changed and did not bring to its end: a machine that was made anew has no app yet.
    private static string? SinceDone(PhaseId id, IReadOnlyList<PhaseId> runsAfter, IReadOnlyList<JournalEntry> journal) => journal
        .Reverse()
        .TakeWhile(entry => entry is not { Result: JournalResult.Done } || entry.Phase != id)
        .Where(entry => entry.Phase is { } phase && runsAfter.Contains(phase))
        .Select(entry => $"{entry.Phase?.Word()} ran since")
        .FirstOrDefault();

    private static string? ReasonOf(PhaseId id, string inputs, IReadOnlyList<JournalEntry> journal, Observation observation)
    {
        if (observation.Undone.TryGetValue(id, out string? seen))
        {
            return seen;
        }

        JournalEntry? last = journal.LastOrDefault(entry => entry.Phase == id);
        return last?.Result switch
        {
            null => "first time",
            JournalResult.Failed => "it failed the last time",
            JournalResult.Started or JournalResult.Cancelled => "it was interrupted the last time",
            _ => last.Inputs == inputs ? null : "its inputs changed",
        };
    }
}
