using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The commands that a deployment's pattern brings.</summary>
internal static class CommandList
{
    private const int NameWidth = 16;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static string Text(DeploymentRecord record) => record.Commands.Count > 0
        ? $"commands of {record.Name} ({record.Id}):\n{Lines(record)}"
        : $"The pattern {record.PatternName} {record.PatternVersion} of {record.Name} ({record.Id}) has no commands.\n";

    public static string Lines(DeploymentRecord record) => string.Concat(
        record.Commands.Select(command =>
            $"  {command.Name.PadRight(NameWidth)}  {PlainText.Line($"{command.Description} (on {command.Role})".TrimStart())}\n"));

    public static string Json(DeploymentRecord record) =>
        JsonSerializer.Serialize(new { Deployment = record.Id, record.Commands }, s_json) + "\n";

    /// <summary>One command's page, for <c>--help NAME</c>.</summary>
    public static string Page(DeploymentRecord record, RecordedCommand command) => PlainText.Lines(
        $"Usage: {Product.Name} {command.Name} [ARGUMENTS...]\n\n{command.Description}\n\n"
        + $"A command of {record.PatternName} {record.PatternVersion}, the pattern of {record.Name} ({record.Id}).\n"
        + $"It runs on {command.HostIn(record)?.Name ?? $"a machine of the role {command.Role}"}: {ShellQuote.Words(command.Command)}\n");
}
