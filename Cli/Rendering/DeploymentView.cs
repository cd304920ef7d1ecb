using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A deployment for people and for scripts.</summary>
internal static class DeploymentView
{
    public static string Text(DeploymentRecord record)
    {
        var text = new StringBuilder();
        Line(text, "deployment", $"{record.Id} ({record.Name})");
        Line(text, "status", record.Status.Word());
        Line(text, "pattern", $"{record.PatternName} {record.PatternVersion} on {record.Grid}");
        foreach (RecordedHost host in record.Hosts)
        {
            string addresses = string.Join(", ", host.Addresses.Select(address => $"{address.Ip} ({address.Network})"));
            Line(
                text,
                host.Name,
                $"node {host.NodeId}, {host.Cpu} CPU, {host.MemoryMb} MB, {host.DiskGb} GB: "
                    + $"{(addresses.Length > 0 ? addresses : "no address yet")}");
        }

        foreach (RecordedEndpoint endpoint in record.Endpoints)
        {
            Line(text, endpoint.Name, endpoint.Url);
        }

        return text.ToString();
    }

    /// <summary>The record without its seed and keys, plus what was seen just now.</summary>
    public static string Json(DeploymentRecord record, DriftReport? seen = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            WriteMembers(writer, record);
            if (seen is not null)
            {
                DriftView.Write(writer, seen);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The record's members without its seed and keys.</summary>
    internal static void WriteMembers(Utf8JsonWriter writer, DeploymentRecord record)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(record, RecordJson.Default.DeploymentRecord));
        foreach (JsonProperty property in document.RootElement.EnumerateObject().Where(
            property => property.Name is not ("seed" or "ssh_public_keys")))
        {
            property.WriteTo(writer);
        }
    }

    internal static void Line(StringBuilder text, string name, string value) =>
        text.Append(name.PadRight(12)).Append("  ").Append(value).Append('\n');
}
