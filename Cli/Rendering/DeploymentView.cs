using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Looking.Drift;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A deployment for people and for scripts.</summary>
internal static class DeploymentView
{
    // Only `up` uses the marks of values and files.
    private static readonly string[] Secrets = ["seed", "ssh_public_keys", "secret_prints", "phase_inputs", "values"];

    /// <param name="record">The deployment.</param>
    /// <param name="end">How its last run ended, if it is not running.</param>
    /// <param name="worker">Who works on it now.</param>
    /// <param name="mayHaveDied">Whether the worker began so long ago that it may have died.</param>
    public static string Text(
        DeploymentRecord record, BadEnd? end = null, LockHolder? worker = null, bool mayHaveDied = false)
    {
        var facts = new FactList();
        AddTo(facts, record);
        if (end is not null)
        {
            facts.Add("last run", $"{end}, {TimeText.Of(end.At)}");
        }

        if (worker is not null)
        {
            facts.Add("in use", $"{worker}{(mayHaveDied ? "; it may have died since" : "")}");
        }

        if (OutOfService(record) is { Length: > 0 } hosts)
        {
            facts.Add("no service", $"{string.Join(", ", hosts)}: out of service until `{Product.Name} up` succeeds");
        }

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

    /// <summary>The record without its secrets, and what was seen just now.</summary>
    public static string Json(
        DeploymentRecord record, DriftReport? seen = null, BadEnd? end = null, LockHolder? worker = null)
    {
        JsonObject members = Members(record);
        if (seen is not null)
        {
            DriftView.AddTo(members, seen);
            members["last_run"] = end is null ? null : JsonSerializer.SerializeToNode(new
            {
                verb = end.Verb,
                result = end.Result.Word(),
                at = end.At,
                phase = end.Phase?.Word(),
                codes = end.Codes?.Split(' ') ?? [],
                machines = end.Machines?.Split(' ') ?? [],
            });
            members["locked_by"] = Holder(worker);
            members["out_of_service"] = JsonSerializer.SerializeToNode(OutOfService(record));
        }

        return JsonText.Of(members);
    }

    internal static JsonNode? Holder(LockHolder? holder) => holder is null ? null : JsonSerializer.SerializeToNode(new
    {
        user = holder.User,
        host = holder.Host,
        process_id = holder.ProcessId,
        command = holder.Command,
        since = holder.Since,
    });

    /// <summary>The record's members without its seed, its keys and what is derived from secret values.</summary>
    internal static JsonObject Members(DeploymentRecord record)
    {
        JsonObject members = JsonSerializer.SerializeToNode(record, RecordJson.Default.DeploymentRecord)?.AsObject() ?? [];
        foreach (string secret in Secrets)
        {
            members.Remove(secret);
        }

        return members;
    }

    private static string[] OutOfService(DeploymentRecord record) =>
        [.. record.Hosts.Where(host => host.OutOfService).Select(host => host.Name)];

    private static string AddressesOf(RecordedHost host) => host.Addresses.Count > 0
        ? string.Join(", ", host.Addresses.Select(address => $"{address.Ip} ({address.Network})"))
        : "no address yet";
}
