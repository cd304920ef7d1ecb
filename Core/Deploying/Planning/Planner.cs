using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// Compares the journal and what was observed with the request, and says which phases run and why. A pure function. Called
/// twice if the infrastructure may change: first to see whether Terraform must plan, then with Terraform's plan.
/// </summary>
public static class Planner
{
    public static DeploymentPlan Plan(
        IReadOnlyList<PhaseInputs> phases,
        IReadOnlyList<JournalEntry> journal,
        Observation observation,
        PhaseSelection? selection = null,
        InfrastructurePlan? infrastructure = null)
    {
        var steps = new List<PhaseStep>();
        foreach (PhaseInputs phase in phases)
        {
            steps.Add(Step(phase, steps, journal, observation, selection ?? PhaseSelection.Default, infrastructure));
        }

        return new DeploymentPlan(steps) { Infrastructure = infrastructure };
    }

    private static PhaseStep Step(
        PhaseInputs phase,
        IReadOnlyList<PhaseStep> before,
        IReadOnlyList<JournalEntry> journal,
        Observation observation,
        PhaseSelection selection,
        InfrastructurePlan? infrastructure)
    {
        if (selection.LeavesOut(phase.Id) is { } leftOut)
        {
            return new PhaseStep(phase.Id, false, leftOut);
        }

        InfrastructurePlan? own = phase.Id == PhaseId.Infrastructure ? infrastructure : null;
        JournalEntry? last = journal.LastOrDefault(entry => entry.Phase == phase.Id);
        InputChanges? changes = last is { Result: JournalResult.Done } && last.Inputs != phase.Inputs
            ? phase.ChangesSince(last.Inputs)
            : null;
        string? reason = selection.Forces(phase.Id)
            ?? (own is { Terraform.IsEmpty: true } ? null : SeenOf(phase, observation))
            ?? FromJournal(last, changes)
            ?? AfterOthers(phase, before)
            ?? AfterOutputs(phase, infrastructure)
            ?? SinceDone(phase, journal);
        string shown = reason ?? (own is null ? "unchanged" : "nothing on the grid differs");
        return new PhaseStep(phase.Id, reason is not null, shown)
        {
            Changes = own is null or { ChangesResources: true } or { ChangesAddresses: true },
            Changed = changes?.Names ?? [],
        };
    }

    private static string? AfterOthers(PhaseInputs phase, IReadOnlyList<PhaseStep> before) => before
        .Where(step => step is { Runs: true, Changes: true } && phase.RunsAfter.Contains(step.Phase))
        .Select(step => $"{step.Phase.Word()} runs")
        .FirstOrDefault();

    // The tunnel's configuration is known only after the apply; Terraform's plan says that it will be another one.
    private static string? AfterOutputs(PhaseInputs phase, InfrastructurePlan? infrastructure) =>
        phase.Id == PhaseId.Network && infrastructure is { ChangesTunnel: true } ? "the output wg_config changes" : null;

    // An earlier phase that changed something after this phase last finished: a replaced machine, for example, has no app
    // yet.
    private static string? SinceDone(PhaseInputs phase, IReadOnlyList<JournalEntry> journal) => journal
        .Reverse()
        .TakeWhile(entry => entry is not { Result: JournalResult.Done } || entry.Phase != phase.Id)
        .Where(entry => entry is { Phase: { } ran, Changed: not false } && phase.RunsAfter.Contains(ran))
        .Select(entry => $"{entry.Phase?.Word()} ran since")
        .FirstOrDefault();

    private static string? SeenOf(PhaseInputs phase, Observation observation) =>
        observation.Undone.TryGetValue(phase.Id, out string? seen) ? seen : null;

    private static string? FromJournal(JournalEntry? last, InputChanges? changes) => last?.Result switch
    {
        null => "first time",
        JournalResult.Failed => "it failed the last time",
        JournalResult.Started or JournalResult.Cancelled => "it was interrupted the last time",
        _ => changes?.Reason,
    };
}
