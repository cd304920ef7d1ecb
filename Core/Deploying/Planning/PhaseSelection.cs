using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>The user's choice of phases: at most one of <c>--from</c>, <c>--only</c> and <c>--fresh</c>.</summary>
public sealed record PhaseSelection
{
    public static PhaseSelection Default { get; } = new();

    /// <summary>This phase and all after it run; those before it do not.</summary>
    public PhaseId? From { get; init; }

    /// <summary>This phase runs and no other.</summary>
    public PhaseId? Only { get; init; }

    /// <summary>Every phase runs, as if for the first time; machines that are as asked stay.</summary>
    public bool Fresh { get; init; }

    /// <summary>Why the phase runs even if its inputs are unchanged, or null.</summary>
    public string? Forces(PhaseId phase) => Fresh ? "asked for with --fresh"
        : phase == Only ? "asked for with --only"
        : From is { } first && phase >= first ? "asked for with --from"
        : null;

    /// <summary>Why the phase does not run even if its inputs changed, or null.</summary>
    public string? LeavesOut(PhaseId phase) => Only is not null && phase != Only ? "left out by --only"
        : phase < From ? "left out by --from"
        : null;

    /// <summary>Throws if a phase before the first one to run is left out, and did not finish the last time.</summary>
    public void RequireGround(IReadOnlyList<PhaseInputs> phases, IReadOnlyList<JournalEntry> journal)
    {
        PhaseId first = Only ?? From ?? PhaseId.Validate;
        PhaseId[] missing =
        [
            .. phases.Select(phase => phase.Id)
                .Where(id => id < first
                    && journal.LastOrDefault(entry => entry.Phase == id) is not { Result: JournalResult.Done }),
        ];
        if (missing.Length > 0)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                PlanCodes.PhaseNeverDone,
                $"{first.Word()} cannot run: {string.Join(", ", missing.Select(id => id.Word()))} did not finish for "
                    + "this deployment.",
                "run `tfgrid-compose up` without --from and --only; it resumes by itself");
        }
    }
}
