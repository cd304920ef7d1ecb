using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Tools.Checks;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What was seen of a deployment just now.</summary>
internal static class DriftView
{
    public static string Text(DriftReport report)
    {
        var text = new StringBuilder(TextTable.Text([.. report.Findings.Select(Row)]));
        foreach (SeenCommand command in report.Commands.Where(command => command.Lines.Count > 0))
        {
            text.Append('\n').Append(command.Description.Length > 0 ? command.Description : command.Name).Append(":\n");
            text.AppendJoin("", command.Lines.Select(line => $"  {line}\n"));
        }

        return text.ToString();
    }

    /// <summary>
    /// <c>seen</c>: what was found about each subject; <c>differs</c>: the subjects that are not as recorded; <c>said</c>: what the
    /// pattern's commands printed.
    /// </summary>
    public static void AddTo(JsonObject members, DriftReport report)
    {
        members["seen"] = Node(report.Findings
            .GroupBy(finding => finding.Subject)
            .ToDictionary(subject => subject.Key, subject => string.Join("; ", subject.Select(finding => finding.Text))));
        members["differs"] = Node(report.Findings
            .Where(finding => finding.State == DriftState.Differs)
            .Select(finding => finding.Subject)
            .Distinct());
        members["said"] = Node(report.Commands.ToDictionary(
            command => command.Name,
            command => new { host = command.Host, exit_code = command.ExitCode, lines = command.Lines }));
    }

    private static string[] Row(DriftFinding finding) =>
        [finding.State == DriftState.Differs ? $"! {finding.Subject}" : finding.Subject, finding.Text];

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value);
}
