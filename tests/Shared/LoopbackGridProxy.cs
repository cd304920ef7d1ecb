using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TfgridCompose.Tests.Shared;

/// <summary>
/// GridProxy's contracts on this machine: the same paths, filters, paging and headers, and as strict. The test sets the contracts and
/// changes them.
/// </summary>
internal sealed class LoopbackGridProxy : IDisposable
{
    private static readonly string[] Known =
        ["contract_id", "twin_id", "node_id", "state", "type", "page", "size", "ret_count", "sort_by", "sort_order"];

    // grid-proxy/pkg/types/contracts.go
    private static readonly string[] SortFields = ["contract_id", "twin_id", "state", "created_at", "type"];
    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<long, JsonObject> _contracts = new();
    private readonly ConcurrentQueue<string> _queries = new();
    private readonly Task _serving;

    public LoopbackGridProxy()
    {
        (_listener, Url) = LoopbackListener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Url { get; }

    public IReadOnlyList<string> Queries => [.. _queries];

    /// <summary>What is answered instead, first; an empty queue: the truth.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, string Body)> Failures { get; } = new();

    /// <summary>The nodes that are up and healthy.</summary>
    public IReadOnlyList<int> Nodes { get; set; } = [5, 6];

    /// <summary>Called with each query before it is answered.</summary>
    public Action<string> OnQuery { get; set; } = _ => { };

    public LoopbackGridProxy Node(long id, string project, int twin = 26, string state = "Created", string type = "vm", int node = 8)
    {
        string data = JsonSerializer.Serialize(new { version = 3, type, name = $"{type}_x", projectName = project });
        _contracts[id] = Contract(id, twin, state, "node", new JsonObject
        {
            ["nodeId"] = node,
            ["deployment_data"] = data,
            ["deployment_hash"] = "00ff",
            ["number_of_public_ips"] = 0,
            ["farm_name"] = "a farm",
            ["farm_id"] = 3,
        });
        return this;
    }

    /// <summary>As the provider makes it: it passes no solution type for networks.</summary>
    public LoopbackGridProxy Network(long id, string name, int twin = 26, string state = "Created", int node = 8)
    {
        Node(id, "Network", twin, state, "network", node);
        _contracts[id]["details"]!["deployment_data"] =
            JsonSerializer.Serialize(new { version = 3, type = "network", name, projectName = "Network" });
        return this;
    }

    public LoopbackGridProxy Name(long id, int twin = 26, string state = "Created")
    {
        _contracts[id] = Contract(id, twin, state, "name", new JsonObject { ["name"] = "mysite" });
        return this;
    }

    public void Cancel(long id) => _contracts[id]["state"] = "Deleted";

    public void Forget(long id) => _contracts.TryRemove(id, out _);

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private static JsonObject Contract(long id, int twin, string state, string type, JsonObject details) => new()
    {
        ["contract_id"] = id,
        ["twin_id"] = twin,
        ["state"] = state,
        ["created_at"] = 1763819000 + id,
        ["type"] = type,
        ["details"] = details,
    };

    private static object NodeOf(int id) => new
    {
        nodeId = id,
        farmId = 1,
        status = "up",
        healthy = true,
        farm_free_ips = 0,
        total_resources = new { cru = 8, mru = 16L << 30, sru = 100L << 30 },
        used_resources = new { cru = 0, mru = 0, sru = 0 },
    };

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context.Request.Url!.PathAndQuery, context.Response);
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The client is gone, and its response was closed with it.
            }
        }
    }

    private async Task AnswerAsync(string query, HttpListenerResponse response)
    {
        _queries.Enqueue(query);
        OnQuery(query);
        (HttpStatusCode status, string body) =
            Failures.TryDequeue(out (HttpStatusCode Status, string Body) failure) ? failure : Truth(query, response);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        response.StatusCode = (int)status;
        response.ContentType = "application/json";
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }

    private (HttpStatusCode Status, string Body) Truth(string query, HttpListenerResponse response)
    {
        string[] parts = query.Split('?', 2);
        if (parts[0].StartsWith("/contracts/", StringComparison.Ordinal))
        {
            long id = long.Parse(parts[0]["/contracts/".Length..], CultureInfo.InvariantCulture);
            return _contracts.TryGetValue(id, out JsonObject? contract)
                ? (HttpStatusCode.OK, contract.ToJsonString())
                : (HttpStatusCode.InternalServerError, """{"error":"contract not found"}""");
        }

        if (parts[0] == "/nodes")
        {
            string[] excluded = [.. (parts.ElementAtOrDefault(1) ?? "").Split('&')
                .Where(pair => pair.StartsWith("excluded=", StringComparison.Ordinal))
                .SelectMany(pair => pair["excluded=".Length..].Split(','))];
            return (HttpStatusCode.OK, JsonSerializer.Serialize(
                Nodes.Where(node => !excluded.Contains(node.ToString(CultureInfo.InvariantCulture))).Select(NodeOf)));
        }

        if (parts[0] != "/contracts")
        {
            return (HttpStatusCode.NotFound, """{"error":"page not found"}""");
        }

        Dictionary<string,
        string> wanted =
            parts.ElementAtOrDefault(1)?.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]) ?? [];
        if (wanted.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            return (HttpStatusCode.BadRequest, $$"""{"error":"failed to decode params: schema: invalid path \"{{unknown}}\""}""");
        }

        if (wanted.TryGetValue("sort_by", out string? by) && !SortFields.Contains(by))
        {
            return (HttpStatusCode.BadRequest, $$"""{"error":"\"{{by}}\" is not a sort field for Contract type"}""");
        }

        JsonObject[] all = [.. _contracts.OrderBy(pair => pair.Key).Select(pair => pair.Value)
            .Where(contract => !wanted.TryGetValue("contract_id", out string? id) || contract["contract_id"]!.ToString() == id)
            .Where(contract => !wanted.TryGetValue("node_id", out string? node) || contract["details"]!["nodeId"]?.ToString() == node)
            .Where(contract => !wanted.TryGetValue("twin_id", out string? twin) || contract["twin_id"]!.ToString() == twin)
            .Where(
                contract => !wanted.TryGetValue("state", out string? states) || states.Split(',').Contains(contract["state"]!.ToString()))];
        int size = int.Parse(wanted.GetValueOrDefault("size", "50"), CultureInfo.InvariantCulture);
        int page = int.Parse(wanted.GetValueOrDefault("page", "1"), CultureInfo.InvariantCulture);
        if (wanted.GetValueOrDefault("ret_count") == "true")
        {
            response.Headers["count"] = all.Length.ToString(CultureInfo.InvariantCulture);
            response.Headers["size"] = size.ToString(CultureInfo.InvariantCulture);
            response.Headers["pages"] = ((all.Length + size - 1) / size).ToString(CultureInfo.InvariantCulture);
        }

        return (
            HttpStatusCode.OK, $"[{string.Join(',', all.Skip((page - 1) * size).Take(size).Select(contract => contract.ToJsonString()))}]");
    }
}
