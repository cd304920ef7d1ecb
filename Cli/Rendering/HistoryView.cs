using System.Globalization;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Cli.Rendering;

/// <summary>Runs of a deployment, the oldest first as in a log.</summary>
internal static class HistoryView
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Text(IReadOnlyList<RunHistory> runs)
    {
        var text = new StringBuilder();
        foreach (RunHistory run in runs)
        {
            text.Append(Headline(run)).Append('\n');
            if (run.Command is { } command)
            {
                text.Append("    ").Append(PlainText.Line(command)).Append('\n');
            }

            foreach (PhaseHistory phase in run.Phases)
            {
                text.Append("    ").Append(PhaseLine(phase)).Append('\n');
            }
        }

        return text.Length > 0 ? text.ToString() : "nothing has run yet\n";
    }

    public static string PhaseLine(PhaseHistory phase) =>
        ($"{phase.Phase.Word(),-14}  {phase.Result.Word(),-11}  "
            + $"{(phase.Spent is { } spent ? Seconds(spent) : "-"),9}  {phase.Reason}").TrimEnd();

    public static string Json(DeploymentRecord record, IReadOnlyList<RunHistory> runs) => JsonSerializer.Serialize(
        new { id = record.Id, name = record.Name, runs = runs.Select(Run) }, Indented) + "\n";

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

    private static string Headline(RunHistory run)
    {
        string spent = run.Duration is { } duration ? $" after {Seconds(duration)}" : "";
        string detail = run.Detail is { Length: > 0 } codes && run.Result != RunResult.Done ? $" ({codes})" : "";
        string who =
            $"{run.User ?? "?"}{(run.Host is { } host ? $" on {host}" : "")}"
                + $"{(run.ProcessId is { } id ? $", process {id}" : "")}{(run.Run is { } name ? $", run {name}" : "")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  {run.Verb} {run.Result.Word()}{spent}{detail}: {who}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
}
