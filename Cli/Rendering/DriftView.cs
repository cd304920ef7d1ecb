using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Tools.Checks;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What was seen of a deployment just now.</summary>
internal static class DriftView
{
    private const int SubjectWidth = 12;

    public static string Text(DriftReport report)
    {
        var text = new StringBuilder();
        foreach (DriftFinding finding in report.Findings)
        {
            text.Append(finding.State == DriftState.Differs ? "! " : "")
                .Append(finding.Subject.PadRight(SubjectWidth))
                .Append("  ")
                .Append(finding.Text)
                .Append('\n');
        }

        foreach (SeenCommand command in report.Commands.Where(command => command.Lines.Count > 0))
        {
            text.Append('\n').Append(command.Description.Length > 0 ? command.Description : command.Name).Append(":\n");
            text.AppendJoin("", command.Lines.Select(line => $"  {line}\n"));
        }

        return text.ToString();
    }

    /// <summary>
    /// <c>seen</c>: what was said of each subject; <c>differs</c>: the subjects that are not as recorded; <c>said</c>:
    /// what the pattern's commands print.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, DriftReport report)
    {
        writer.WriteStartObject("seen");
        foreach (IGrouping<string, DriftFinding> subject in report.Findings.GroupBy(finding => finding.Subject))
        {
            writer.WriteString(subject.Key, string.Join("; ", subject.Select(finding => finding.Text)));
        }

        writer.WriteEndObject();
        writer.WriteStartArray("differs");
        foreach (string subject in report.Findings.Where(finding => finding.State == DriftState.Differs)
            .Select(finding => finding.Subject)
            .Distinct())
        {
            writer.WriteStringValue(subject);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("said");
        foreach (SeenCommand command in report.Commands)
        {
            writer.WritePropertyName(command.Name);
            JsonSerializer.Serialize(writer, new { host = command.Host, exit_code = command.ExitCode, lines = command.Lines });
        }

        writer.WriteEndObject();
    }
}
