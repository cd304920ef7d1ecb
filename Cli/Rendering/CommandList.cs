using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The commands that a deployment's pattern provides.</summary>
internal static class CommandList
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static string Text(DeploymentRecord record) => record.Commands.Count > 0
        ? $"commands of {record.Name} ({record.Id}):\n{string.Concat(Lines(record).Select(line => $"  {line}\n"))}"
        : $"The pattern {record.PatternName} {record.PatternVersion} of {record.Name} ({record.Id}) has no commands.\n";

    public static IReadOnlyList<string> Lines(DeploymentRecord record) =>
        TextTable.Lines([.. record.Commands.Select(Row)]);

    public static string Json(DeploymentRecord record) =>
        JsonSerializer.Serialize(new { Deployment = record.Id, record.Commands }, SnakeCase) + "\n";

    /// <summary>One command's page, for <c>--help NAME</c>.</summary>
    public static string Page(DeploymentRecord record, RecordedCommand command)
    {
        string where = command.HostIn(record)?.Name ?? $"a machine of the role {command.Role}";
        return PlainText.Lines(
            $"Usage: {Product.Name} {command.Name} [ARGUMENTS...]\n\n{command.Description}\n\n"
            + $"A command of {record.PatternName} {record.PatternVersion}, the pattern of {record.Name} ({record.Id}).\n"
            + $"It runs on {where}: {ShellQuote.Words(command.Command)}\n");
    }

    private static string[] Row(RecordedCommand command) =>
        [command.Name, $"{command.Description} (on {command.Role})".TrimStart()];
}
