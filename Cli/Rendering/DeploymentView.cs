using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A deployment for people and for scripts.</summary>
internal static class DeploymentView
{
    private static readonly string[] Secrets = ["seed", "ssh_public_keys"];

    public static string Text(DeploymentRecord record)
    {
        var facts = new FactList();
        AddTo(facts, record);
        return facts.ToString();
    }

    public static void AddTo(FactList facts, DeploymentRecord record)
    {
        facts.Add("deployment", $"{record.Id} ({record.Name})");
        facts.Add("status", record.Status.Word());
        facts.Add("pattern", $"{record.PatternName} {record.PatternVersion} on {record.Grid}");
        foreach (RecordedHost host in record.Hosts)
        {
            string size = $"{host.Cpu} CPU, {host.MemoryMb} MB, {host.DiskGb} GB";
            facts.Add(host.Name, $"node {host.NodeId}, {size}: {AddressesOf(host)}");
        }

        foreach (RecordedEndpoint endpoint in record.Endpoints)
        {
            facts.Add(endpoint.Name, endpoint.Url);
        }
    }

    /// <summary>The record without its secrets, plus what was seen just now.</summary>
    public static string Json(DeploymentRecord record, DriftReport? seen = null)
    {
        JsonObject members = Members(record);
        if (seen is not null)
        {
            DriftView.AddTo(members, seen);
        }

        return JsonText.Of(members);
    }

    /// <summary>The record's members without its seed and keys.</summary>
    internal static JsonObject Members(DeploymentRecord record)
    {
        JsonObject members = JsonSerializer.SerializeToNode(record, RecordJson.Default.DeploymentRecord)?.AsObject() ?? [];
        foreach (string secret in Secrets)
        {
            members.Remove(secret);
        }

        return members;
    }

    private static string AddressesOf(RecordedHost host) => host.Addresses.Count > 0
        ? string.Join(", ", host.Addresses.Select(address => $"{address.Ip} ({address.Network})"))
        : "no address yet";
}
