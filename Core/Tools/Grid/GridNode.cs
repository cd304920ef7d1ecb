using System.Text.Json;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>A node as GridProxy describes it; amounts in bytes.</summary>
public sealed record GridNode(
    int NodeId,
    int FarmId,
    string Status,
    bool Healthy,
    long FreeMemory,
    long FreeDisk,
    long TotalCpu,
    long FreePublicIps)
{
    /// <summary>What it can do; empty where the grid does not say.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Has Mycelium, but neither private networks over WireGuard nor public addresses.</summary>
    public bool IsLight => Features.Contains("zmachine-light") && !Features.Contains("zmachine");

    private const long GiB = 1L << 30;

    // GridProxy reserves max(10 %, 2 GiB) of memory and 20 GiB of disk for the node itself (grid-proxy, db/setup.sql).
    public static GridNode Parse(JsonElement node)
    {
        JsonElement total = node.GetProperty("total_resources");
        JsonElement used = node.GetProperty("used_resources");
        long memory = total.GetProperty("mru").GetInt64();
        return new GridNode(
            node.GetProperty("nodeId").GetInt32(),
            node.GetProperty("farmId").GetInt32(),
            node.GetProperty("status").GetString() ?? "",
            node.GetProperty("healthy").GetBoolean(),
            memory - Math.Max(memory / 10, 2 * GiB) - used.GetProperty("mru").GetInt64(),
            total.GetProperty("sru").GetInt64() - (20 * GiB) - used.GetProperty("sru").GetInt64(),
            total.GetProperty("cru").GetInt64(),
            node.GetProperty("farm_free_ips").GetInt64())
        {
            Features = node.TryGetProperty("features", out JsonElement features) && features.ValueKind == JsonValueKind.Array
                ? [.. features.EnumerateArray().Select(feature => feature.GetString() ?? "")]
                : [],
        };
    }
}
