using System.Globalization;
using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

/// <summary>What the scripts that play Terraform and the local grid answer.</summary>
internal static class FakeAnswers
{
    private const long GiB = 1L << 30;

    public static void WriteTo(string folder, string address)
    {
        File.WriteAllText(Path.Combine(folder, "requirements.json"), """{"missing":[],"problems":[]}""");
        File.WriteAllText(Path.Combine(folder, "state.json"), """
            {"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{}]}]}
            """);
        File.WriteAllText(Path.Combine(folder, "plan.json"), """
            {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm",
              "change":{"actions":["create"],"before":null,"after":{"vms":[{"name":"vm","cpu":1,"memory":512}]},"after_unknown":{"vms":[{"ip":true}]}}}],
             "output_changes":{}}
            """);
        Nodes(folder, "nodes.json", 1, 2, 3);
        Nodes(folder, "nodes-with-room.json", 2, 1);
        Outputs(folder, address);
    }

    public static void Nodes(string folder, string file, params int[] ids) => File.WriteAllText(
        Path.Combine(folder, file),
        JsonSerializer.Serialize(new
        {
            status = 200,
            body = ids.Select(id => new
            {
                nodeId = id,
                farmId = 1,
                status = id == 3 ? "down" : "up",
                healthy = true,
                farm_free_ips = 4,
                total_resources = new { cru = 8, mru = 16 * GiB, sru = 100 * GiB },
                used_resources = new { cru = 0, mru = 0, sru = 0 },
            }),
        }));

    public static void Outputs(string folder, string address, params (string Name, object? Value)[] changes)
    {
        var outputs = new Dictionary<string, object?>
        {
            ["primary_ip"] = address,
            ["primary_ip_type"] = "public",
            ["deployment_name"] = "vm_hello",
            ["node_ids"] = new[] { 2 },
            ["network_name"] = "net_hello",
            ["connection_info"] = new { ssh = string.Create(CultureInfo.InvariantCulture, $"ssh root@{address}") },
        };
        foreach ((string name, object? value) in changes)
        {
            outputs[name] = value;
        }

        File.WriteAllText(
            Path.Combine(folder, "outputs.json"),
            JsonSerializer.Serialize(outputs.Where(pair => pair.Value is not null).ToDictionary(
                pair => pair.Key,
                pair => new { value = pair.Value })));
    }
}
