using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>inspect</c> for people and for scripts.</summary>
internal static class InspectionView
{
    private const int BytesColumn = 1;

    public static string Text(InspectedDeployment page)
    {
        var text = new StringBuilder(Facts(page).ToString());
        Section(text, "commands of its pattern", CommandList.Lines(page.Record));
        Section(text, "last result of each phase", HistoryView.PhaseLines(page.Phases));
        Section(text, $"files in {page.Folder}", TextTable.Lines([.. page.Files.Select(Row)], BytesColumn));
        return text.ToString();
    }

    public static string Json(InspectedDeployment page)
    {
        JsonObject members = DeploymentView.Members(page.Record);
        members["selected"] = page.IsSelected;
        members["locked_by"] = DeploymentView.Holder(page.LockedBy);
        members["phases"] = Node(page.Phases.Select(HistoryView.Phase));
        members["folder"] = page.Folder;
        members["files"] = Node(page.Files.Select(file => new { name = file.Name, bytes = file.Bytes, modified_at = file.ModifiedAt }));
        return JsonText.Of(members);
    }

    private static JsonNode? Node(object? value) => JsonSerializer.SerializeToNode(value);

    private static FactList Facts(InspectedDeployment page)
    {
        DeploymentRecord record = page.Record;
        var facts = new FactList();
        DeploymentView.AddTo(facts, record);
        facts.Add("app", $"{record.AppName} {record.AppVersion} in {record.AppPath}");
        facts.Add("created", TimeText.Of(record.CreatedAt));
        string writer = $"{Product.Name} {record.WrittenBy ?? "before 0.1.0"}";
        facts.Add("updated", $"{TimeText.Of(record.UpdatedAt)}, by {writer} (schema {record.Schema})");
        facts.Add("selected", page.IsSelected ? "yes" : "no");
        facts.Add("in use", page.LockedBy?.ToString() ?? "no");
        facts.Add("login", $"{record.SshUser}, key {record.SshKey ?? "of the agent"}");
        facts.Add("network", $"{record.IpRange}{(record.WireguardInterface is { } tunnel ? $" through {tunnel}" : "")}");
        if (record.Outputs is { } outputs)
        {
            facts.Add("address", $"{outputs.PrimaryIp} ({outputs.PrimaryIpType})");
            foreach ((string name, string value) in outputs.ConnectionInfo)
            {
                facts.Add(name, value);
            }
        }

        return facts;
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n").AppendJoin("", lines.Select(line => $"  {line}\n"));
        }
    }

    private static string[] Row(InspectedFile file) =>
        [file.Name, string.Create(CultureInfo.InvariantCulture, $"{file.Bytes} bytes"), TimeText.Of(file.ModifiedAt)];
}
