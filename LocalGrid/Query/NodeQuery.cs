using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>/nodes: the filters of grid-proxy's NodeFilter.</summary>
internal static class NodeQuery
{
    private static readonly string[] KnownFeatures =
    [
        "zmount", "zdb", "volume", "ipv4", "ip", "gateway-name-proxy", "gateway-fqdn-proxy", "qsfs", "zlogs", "network",
        "zmachine", "wireguard", "yggdrasil", "mycelium", "zmachine-light", "network-light",
    ];

    private static readonly Dictionary<string, Func<NodeUsage, QueriedGrid, QueryRequest, string, bool>> Filters = new()
    {
        ["status"] = (_, _, q, name) => q.Texts(name)?.Contains("up") is true,
        ["healthy"] = (_, _, q, name) => q.Flag(name) is true,
        ["free_mru"] = (n, _, q, name) => n.FreeMemory >= q.Number(name),
        ["free_sru"] = (n, _, q, name) => n.FreeDisk >= q.Number(name),
        ["free_hru"] = (_, _, q, name) => q.Number(name) == 0,
        ["total_mru"] = (n, _, q, name) => n.Node.Memory >= q.Number(name),
        ["total_sru"] = (n, _, q, name) => n.Node.Disk >= q.Number(name),
        ["total_hru"] = (_, _, q, name) => q.Number(name) == 0,
        ["total_cru"] = (n, _, q, name) => n.Node.Cpus >= q.Number(name),
        ["node_id"] = (n, _, q, name) => n.Node.Id == q.Number(name),
        ["node_ids"] = (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Id) is true,
        ["twin_id"] = (n, _, q, name) => n.Node.TwinId == q.Number(name),
        ["excluded"] = (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Id) is false,
        ["farm_ids"] = (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Farm.Id) is true,
        ["farm_name"] = (n, _, q, name) => Same(n.Node.Farm.Name, q.Text(name)),
        ["farm_name_contains"] = (n, _, q, name) => Contains(n.Node.Farm.Name, q.Text(name)),
        ["country"] = (n, _, q, name) => Same(n.Node.Farm.Country, q.Text(name)),
        ["country_contains"] = (n, _, q, name) => Contains(n.Node.Farm.Country, q.Text(name)),
        ["city"] = (n, _, q, name) => Same(n.Node.Farm.City, q.Text(name)),
        ["city_contains"] = (n, _, q, name) => Contains(n.Node.Farm.City, q.Text(name)),
        ["region"] = (_, _, q, name) => Same("Europe", q.Text(name)),
        ["free_ips"] = (n, grid, q, name) => grid.PublicIps.Free(n.Node.Farm).Count() >= q.Number(name),
        ["features"] = (_, _, q, name) => Features(q.Texts(name) ?? []),
        ["available_for"] = (_, _, q, name) => q.Number(name) is not null,
        ["certification_type"] = (_, _, q, name) => q.Texts(name)?.Contains("Certified") is true,
        ["rented"] = (_, _, q, name) => q.Flag(name) is false,
        ["rentable"] = (n, grid, q, name) => NodeViews.InList(n, grid).Rentable == q.Flag(name),
        ["dedicated"] = (n, grid, q, name) => NodeViews.InList(n, grid).Dedicated == q.Flag(name),
        ["in_dedicated_farm"] = (_, _, q, name) => q.Flag(name) is false,
        ["rented_by"] = (_, _, _, _) => false,
        ["rentable_or_rented_by"] = (n, grid, _, _) => NodeViews.InList(n, grid).Rentable,
        ["owned_by"] = (n, _, q, name) => n.Node.Farm.TwinId == q.Number(name),
        ["has_gpu"] = (_, _, q, name) => q.Flag(name) is false,
        ["num_gpu"] = (_, _, q, name) => q.Number(name) == 0,
        ["has_ipv6"] = (_, _, q, name) => q.Flag(name) is false,
        ["ipv4"] = (_, _, q, name) => q.Flag(name) is false,
        ["ipv6"] = (_, _, q, name) => q.Flag(name) is false,
        ["domain"] = (_, _, q, name) => q.Flag(name) is false,
        ["price_min"] = (_, _, q, name) => q.Decimal(name) <= 0,
        ["price_max"] = (_, _, q, name) => q.Decimal(name) >= 0,
    };

    private static readonly Dictionary<string, Func<NodeUsage, IComparable>> Sorts = new()
    {
        ["node_id"] = n => n.Node.Id,
        ["farm_id"] = n => n.Node.Farm.Id,
        ["twin_id"] = n => n.Node.TwinId,
        ["uptime"] = _ => 0,
        ["created"] = n => n.Node.Id,
        ["updated_at"] = _ => 0,
        ["country"] = n => n.Node.Farm.Country,
        ["city"] = n => n.Node.Farm.City,
        ["status"] = _ => "up",
        ["price_usd"] = _ => 0,
        ["num_gpu"] = _ => 0,
        ["total_mru"] = n => n.Node.Memory,
        ["total_sru"] = n => n.Node.Disk,
        ["total_cru"] = n => n.Node.Cpus,
        ["used_mru"] = n => n.UsedMemory,
        ["used_sru"] = n => n.UsedDisk,
        ["used_cru"] = n => n.Cpus,
        ["free_mru"] = n => n.FreeMemory,
        ["free_sru"] = n => n.FreeDisk,
        ["free_cru"] = n => n.Node.Cpus - n.Cpus,
    };

    public static QueryPage<NodeView> Run(QueriedGrid grid, QueryRequest request)
    {
        request.Allow(Filters.Keys);
        string[] active = [.. Filters.Keys.Where(name => request.Text(name) is not null)];
        IEnumerable<NodeUsage> nodes = GridCatalog.Nodes.Select(node => NodeUsage.Of(grid.World, node))
            .Where(node => active.All(name => Filters[name](node, grid, request, name)));
        IEnumerable<NodeView> views = Sort(nodes, request).Select(node => NodeViews.InList(node, grid));
        return QueryPage<NodeView>.Cut(views, request, ProxyJson.Default.ListNodeView);
    }

    private static IEnumerable<NodeUsage> Sort(IEnumerable<NodeUsage> nodes, QueryRequest request)
    {
        string by = request.Text("sort_by") ?? "node_id";
        if (!Sorts.TryGetValue(by, out Func<NodeUsage, IComparable>? key))
        {
            throw new QueryException(400, $"sort_by: unknown field {by}");
        }

        return request.Descending ? nodes.OrderByDescending(key) : nodes.OrderBy(key);
    }

    private static bool Features(string[] wanted) =>
        wanted.FirstOrDefault(feature => !KnownFeatures.Contains(feature)) is { } unknown
            ? throw new QueryException(400, $"unknown feature {unknown}")
            : wanted.All(NodeViews.Features.Contains);

    private static bool Same(string text, string? wanted) => string.Equals(text, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string? part) => text.Contains(part ?? "", StringComparison.OrdinalIgnoreCase);
}
