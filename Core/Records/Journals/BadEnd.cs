using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Records.Journals;

/// <summary>How the last run ended, for a deployment that is not running.</summary>
/// <param name="Verb">up, down.</param>
/// <param name="Result">failed, cancelled or interrupted.</param>
/// <param name="At">When it ended or, if no end was recorded, when it began.</param>
public sealed record BadEnd(string Verb, RunResult Result, DateTimeOffset At)
{
    /// <summary>The phase in which it ended, or null.</summary>
    public PhaseId? Phase { get; init; }

    /// <summary>The codes of its errors, separated by spaces, or null.</summary>
    public string? Codes { get; init; }

    /// <summary>The machines that they are about, separated by spaces, or null.</summary>
    public string? Machines { get; init; }

    /// <summary>The end of the last run that did not end well; null if there is none.</summary>
    public static BadEnd? Of(IReadOnlyList<RunHistory> runs)
    {
        if (runs.LastOrDefault(run => run.Result is not (RunResult.Done or RunResult.Running)) is not { } last)
        {
            return null;
        }

        PhaseHistory? phase = last.Phases.LastOrDefault(each => each.Result is not RunResult.Done);
        return new BadEnd(last.Verb, last.Result, last.EndedAt ?? last.StartedAt)
        {
            Phase = phase?.Phase,
            Codes = last.Result == RunResult.Failed ? Each(last.Detail) : null,
            Machines = phase?.Machines,
        };
    }

    // Several machines may have failed for the same reason.
    private static string? Each(string? words) =>
        words is null ? null : string.Join(' ', words.Split(' ').Distinct());

    public override string ToString() =>
        $"{Verb} {(Result == RunResult.Interrupted ? "was interrupted" : Result.Word())}"
            + $"{(Phase is { } phase ? $" in {phase.Word()}" : "")}{(Codes is null ? "" : $" ({Codes})")}"
            + $"{(Machines is null ? "" : $" on {Machines.Replace(" ", ", ", StringComparison.Ordinal)}")}";
}
