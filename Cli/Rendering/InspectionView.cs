using System.Globalization;
using System.Text;
using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>inspect</c> for people and for scripts.</summary>
internal static class InspectionView
{
    public static string Text(InspectedDeployment page)
    {
        DeploymentRecord record = page.Record;
        var text = new StringBuilder(DeploymentView.Text(record));
        DeploymentView.Line(text, "app", $"{record.AppName} {record.AppVersion} in {record.AppPath}");
        DeploymentView.Line(text, "created", Time(record.CreatedAt));
        DeploymentView.Line(
            text,
            "updated",
            $"{Time(record.UpdatedAt)}, by {Product.Name} {record.WrittenBy ?? "before 0.1.0"} (schema {record.Schema})");
        DeploymentView.Line(text, "selected", page.IsSelected ? "yes" : "no");
        DeploymentView.Line(text, "in use", page.LockedBy?.ToString() ?? "no");
        DeploymentView.Line(text, "login", $"{record.SshUser}, key {record.SshKey ?? "of the agent"}");
        DeploymentView.Line(text, "network", $"{record.IpRange}{(record.WireguardInterface is { } name ? $" through {name}" : "")}");
        AppendOutputs(text, record.Outputs);
        text.Append(record.Commands.Count > 0 ? $"\ncommands of its pattern:\n{CommandList.Lines(record)}" : "");
        text.Append("\nphases, as each ended last:\n");
        foreach (PhaseHistory phase in page.Phases)
        {
            text.Append("  ").Append(HistoryView.PhaseLine(phase)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"\nfiles in {page.Folder}:\n");
        foreach (InspectedFile file in page.Files)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {file.Name,-24}  {file.Bytes,10} bytes  {Time(file.ModifiedAt)}\n");
        }

        return text.ToString();
    }

    public static string Json(InspectedDeployment page)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            DeploymentView.WriteMembers(writer, page.Record);
            writer.WriteBoolean("selected", page.IsSelected);
            Write(writer, "locked_by", page.LockedBy is { } holder
                ? new
                {
                    user = holder.User,
                    host = holder.Host,
                    process_id = holder.ProcessId,
                    command = holder.Command,
                    since = holder.Since,
                }
                : null);
            Write(writer, "phases", page.Phases.Select(HistoryView.Phase));
            writer.WriteString("folder", page.Folder);
            Write(writer, "files", page.Files.Select(file => new { name = file.Name, bytes = file.Bytes, modified_at = file.ModifiedAt }));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value);
    }

    private static void AppendOutputs(StringBuilder text, RecordedOutputs? outputs)
    {
        if (outputs is null)
        {
            return;
        }

        DeploymentView.Line(text, "address", $"{outputs.PrimaryIp} ({outputs.PrimaryIpType})");
        foreach ((string name, string value) in outputs.ConnectionInfo)
        {
            DeploymentView.Line(text, name, value);
        }
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
