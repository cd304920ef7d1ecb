using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What <c>up</c> would do, for people and for scripts.</summary>
internal static class PlanView
{
    private const int PhaseWidth = 14;

    public static string Text(PlanResult result)
    {
        string what = result.IsNew ? "a new deployment" : $"deployment {result.Record.Id}";
        var text = new StringBuilder($"{what} of {result.Record.AppName} with {result.Record.PatternName} on {result.Record.Grid}\n");
        foreach (string line in InfrastructureLines(result.Plan))
        {
            text.Append("  ").Append(line).Append('\n');
        }

        foreach (PhaseStep step in result.Plan.Steps)
        {
            text.Append(step.Runs ? "  run   " : "  skip  ")
                .Append(step.Phase.Word().PadRight(PhaseWidth))
                .Append("  ")
                .Append(step.Reason)
                .Append('\n');
        }

        return text.Append(result.Plan.NothingToDo ? "nothing to do\n" : "").ToString();
    }

    /// <summary>What changes on the grid: the machines first, for that is what people lose or pay for.</summary>
    public static IEnumerable<string> InfrastructureLines(DeploymentPlan plan) => plan.Infrastructure is not { } infrastructure ? [] :
    [
        .. infrastructure.Hosts.Select(host => $"{Word(host.Action)} machine {host.Host}: {host.Reason}"),
        .. infrastructure.Terraform.Changes.SelectMany(change => Lines(change)),
    ];

    private static IEnumerable<string> Lines(ResourceChange change) =>
        [
            $"{Sign(change.Action)} {change.Address}",
            .. change.Attributes.Select(attribute => $"    {attribute.Path}: {attribute.Before} -> {attribute.After}"),
        ];

    private static string Word(HostAction action) => action switch
    {
        HostAction.Create => "make",
        HostAction.Replace => "replace",
        _ => "remove",
    };

    private static string Sign(string action) => action switch
    {
        ResourceChange.Create => "+",
        ResourceChange.Update => "~",
        ResourceChange.Replace => "-/+",
        _ => "-",
    };

    public static string Json(PlanResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", result.IsNew ? null : result.Record.Id);
            writer.WriteString("name", result.Record.Name);
            writer.WriteString("app", result.Record.AppName);
            writer.WriteString("pattern", result.Record.PatternName);
            writer.WriteString("grid", result.Record.Grid);
            writer.WriteBoolean("nothing_to_do", result.Plan.NothingToDo);
            WriteInfrastructure(writer, result.Plan.Infrastructure);
            writer.WriteStartArray("phases");
            foreach (PhaseStep step in result.Plan.Steps)
            {
                writer.WriteStartObject();
                writer.WriteString("phase", step.Phase.Word());
                writer.WriteBoolean("runs", step.Runs);
                writer.WriteString("reason", step.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteInfrastructure(Utf8JsonWriter writer, InfrastructurePlan? plan)
    {
        writer.WriteStartArray("machines");
        foreach (HostChange host in plan?.Hosts ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("host", host.Host);
            writer.WriteString("action", host.Action.ToString().ToLowerInvariant());
            writer.WriteString("reason", host.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("resources");
        foreach (ResourceChange change in plan?.Terraform.Changes ?? [])
        {
            WriteChange(writer, change);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("outputs_change", plan?.Terraform.OutputsChange ?? false);
    }

    private static void WriteChange(Utf8JsonWriter writer, ResourceChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("address", change.Address);
        writer.WriteString("action", change.Action);
        writer.WriteStartArray("attributes");
        foreach (AttributeChange attribute in change.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("path", attribute.Path);
            writer.WriteString("before", attribute.Before);
            writer.WriteString("after", attribute.After);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
