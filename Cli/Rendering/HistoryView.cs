using System.Globalization;
using System.Text;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Runs of a deployment, the oldest first as in a log.</summary>
internal static class HistoryView
{
    private const int SpentColumn = 2;

    public static string Text(IReadOnlyList<RunHistory> runs)
    {
        if (runs.Count == 0)
        {
            return "nothing has run yet\n";
        }

        var text = new StringBuilder();
        var phases = new Queue<string>(PhaseLines([.. runs.SelectMany(run => run.Phases)]));
        foreach (RunHistory run in runs)
        {
            text.Append(Headline(run)).Append('\n');
            if (run.Command is { } command)
            {
                text.Append("    ").Append(PlainText.Line(command)).Append('\n');
            }

            foreach (PhaseHistory _ in run.Phases)
            {
                text.Append("    ").Append(phases.Dequeue()).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One line for each phase, in common columns.</summary>
    public static IReadOnlyList<string> PhaseLines(IReadOnlyList<PhaseHistory> phases) =>
        TextTable.Lines([.. phases.Select(Row)], SpentColumn);

    public static string Json(DeploymentRecord record, IReadOnlyList<RunHistory> runs) =>
        JsonText.Of(new { id = record.Id, name = record.Name, runs = runs.Select(Run) });

    public static object Phase(PhaseHistory phase) => new
    {
        phase = phase.Phase.Word(),
        started_at = phase.StartedAt,
        result = phase.Result.Word(),
        milliseconds = (long?)phase.Spent?.TotalMilliseconds,
        reason = phase.Reason,
    };

    private static object Run(RunHistory run) => new
    {
        run = run.Run,
        verb = run.Verb,
        command = run.Command,
        user = run.User,
        host = run.Host,
        process_id = run.ProcessId,
        written_by = run.WrittenBy,
        started_at = run.StartedAt,
        ended_at = run.EndedAt,
        milliseconds = (long?)run.Duration?.TotalMilliseconds,
        result = run.Result.Word(),
        detail = run.Detail,
        phases = run.Phases.Select(Phase),
    };

    private static string[] Row(PhaseHistory phase) =>
        [phase.Phase.Word(), phase.Result.Word(), phase.Spent is { } spent ? Seconds(spent) : "-", phase.Reason ?? ""];

    private static string Headline(RunHistory run)
    {
        string spent = run.Duration is { } duration ? $" after {Seconds(duration)}" : "";
        string detail = run.Detail is { Length: > 0 } codes && run.Result != RunResult.Done ? $" ({codes})" : "";
        return $"{TimeText.Of(run.StartedAt)}  {run.Verb} {run.Result.Word()}{spent}{detail}: {Who(run)}";
    }

    private static string Who(RunHistory run)
    {
        string host = run.Host is { } name ? $" on {name}" : "";
        string process = run.ProcessId is { } id ? $", process {id}" : "";
        string number = run.Run is { } identity ? $", run {identity}" : "";
        return $"{run.User ?? "?"}{host}{process}{number}";
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
