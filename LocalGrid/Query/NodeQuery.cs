using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>/nodes: the filters of grid-proxy's NodeFilter.</summary>
internal static class NodeQuery
{
    private static readonly Dictionary<string, NodeFilter> Filters = new()
    {
        ["status"] = new(ParameterKind.Texts, (_, _, q, name) => q.Texts(name)?.Contains("up") is true),
        ["healthy"] = new(ParameterKind.Flag, (n, grid, q, name) => grid.World.IsHealthy(n.Node) == q.Flag(name)),
        ["free_mru"] = new(ParameterKind.Number, (n, _, q, name) => n.FreeMemory >= q.Number(name)),
        ["free_sru"] = new(ParameterKind.Number, (n, _, q, name) => n.FreeDisk >= q.Number(name)),
        ["free_hru"] = new(ParameterKind.Number, (_, _, q, name) => q.Number(name) == 0),
        ["total_mru"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.Memory >= q.Number(name)),
        ["total_sru"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.Disk >= q.Number(name)),
        ["total_hru"] = new(ParameterKind.Number, (_, _, q, name) => q.Number(name) == 0),
        ["total_cru"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.Cpus >= q.Number(name)),
        ["node_id"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.Id == q.Number(name)),
        ["node_ids"] = new(ParameterKind.Numbers, (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Id) is true),
        ["twin_id"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.TwinId == q.Number(name)),
        ["excluded"] = new(ParameterKind.Numbers, (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Id) is false),
        ["farm_ids"] = new(ParameterKind.Numbers, (n, _, q, name) => q.Numbers(name)?.Contains(n.Node.Farm.Id) is true),
        ["farm_name"] = new(ParameterKind.Text, (n, _, q, name) => Same(n.Node.Farm.Name, q.Text(name))),
        ["farm_name_contains"] = new(ParameterKind.Text, (n, _, q, name) => Contains(n.Node.Farm.Name, q.Text(name))),
        ["country"] = new(ParameterKind.Text, (n, _, q, name) => Same(n.Node.Farm.Country, q.Text(name))),
        ["country_contains"] = new(ParameterKind.Text, (n, _, q, name) => Contains(n.Node.Farm.Country, q.Text(name))),
        ["city"] = new(ParameterKind.Text, (n, _, q, name) => Same(n.Node.Farm.City, q.Text(name))),
        ["city_contains"] = new(ParameterKind.Text, (n, _, q, name) => Contains(n.Node.Farm.City, q.Text(name))),
        ["region"] = new(ParameterKind.Text, (_, _, q, name) => Same("Europe", q.Text(name))),
        ["free_ips"] = new(ParameterKind.Number, (n, grid, q, name) => grid.PublicIps.Free(n.Node.Farm).Count() >= q.Number(name)),
        ["features"] = new(ParameterKind.Texts, (_, _, q, name) => q.Texts(name)!.All(NodeViews.Features.Contains)),
        ["available_for"] = new(ParameterKind.Number, (_, _, q, name) => q.Number(name) is not null),
        ["certification_type"] = new(ParameterKind.Text, (_, _, q, name) => Same("Certified", q.Text(name))),
        ["rented"] = new(ParameterKind.Flag, (_, _, q, name) => q.Flag(name) is false),
        ["rentable"] = new(ParameterKind.Flag, (n, grid, q, name) => NodeViews.InList(n, grid).Rentable == q.Flag(name)),
        ["dedicated"] = new(ParameterKind.Flag, (n, grid, q, name) => NodeViews.InList(n, grid).Dedicated == q.Flag(name)),
        ["in_dedicated_farm"] = new(ParameterKind.Flag, (_, _, q, name) => q.Flag(name) is false),
        ["rented_by"] = new(ParameterKind.Number, (_, _, _, _) => false),
        ["rentable_or_rented_by"] = new(ParameterKind.Number, (n, grid, _, _) => NodeViews.InList(n, grid).Rentable),
        ["owned_by"] = new(ParameterKind.Number, (n, _, q, name) => n.Node.Farm.TwinId == q.Number(name)),

        // No node has a GPU. A filter on GPUs finds only nodes that have one, even `has_gpu=false`: it joins their table.
        ["has_gpu"] = new(ParameterKind.Flag, (_, _, _, _) => false),
        ["gpu_device_id"] = new(ParameterKind.Text, (_, _, _, _) => false),
        ["gpu_device_name"] = new(ParameterKind.Text, (_, _, _, _) => false),
        ["gpu_vendor_id"] = new(ParameterKind.Text, (_, _, _, _) => false),
        ["gpu_vendor_name"] = new(ParameterKind.Text, (_, _, _, _) => false),
        ["gpu_available"] = new(ParameterKind.Flag, (_, _, _, _) => false),
        ["num_gpu"] = new(ParameterKind.Number, (_, _, q, name) => q.Number(name) == 0),
        ["has_ipv6"] = new(ParameterKind.Flag, (_, _, q, name) => q.Flag(name) is false),
        ["ipv4"] = new(ParameterKind.Flag, (n, _, q, name) => (n.Node.PublicIpv4 is not null) == q.Flag(name)),
        ["ipv6"] = new(ParameterKind.Flag, (_, _, q, name) => q.Flag(name) is false),
        ["domain"] = new(ParameterKind.Flag, (_, _, q, name) => q.Flag(name) is false),
        ["price_min"] = new(ParameterKind.Decimal, (_, _, q, name) => q.Decimal(name) <= 0),
        ["price_max"] = new(ParameterKind.Decimal, (_, _, q, name) => q.Decimal(name) >= 0),
    };

    private static readonly Dictionary<string, ParameterKind> Kinds =
        Filters.ToDictionary(filter => filter.Key, filter => filter.Value.Kind);

    // `longitude`, `ipv4` and others of nested objects pass GridProxy's check by accident; here they are refused.
    private static readonly Sorting<NodeUsage> Sorting = new(
        "Node",
        ("node_id", n => n.Node.Id),
        ("farm_id", n => n.Node.Farm.Id),
        ("twin_id", n => n.Node.TwinId),
        ("country", n => n.Node.Farm.Country),
        ("city", n => n.Node.Farm.City),
        ("uptime", _ => 0),
        ("created", n => n.Node.Id),
        ("updated_at", _ => 0),
        ("total_cru", n => n.Node.Cpus),
        ("total_sru", n => n.Node.Disk),
        ("total_hru", _ => 0),
        ("total_mru", n => n.Node.Memory),
        ("used_cru", n => n.Cpus),
        ("used_sru", n => n.UsedDisk),
        ("used_hru", _ => 0),
        ("used_mru", n => n.UsedMemory),
        ("status", _ => "up"),
        ("dedicated_farm", _ => false),
        ("rent_contract_id", _ => 0),
        ("rented", _ => false),
        ("rentable", _ => 0),
        ("num_gpu", _ => 0),
        ("extra_fee", _ => 0),
        ("price_usd", _ => 0),
        ("free_cru", n => n.Node.Cpus - n.Cpus));

    public static QueryPage<NodeView> Run(QueriedGrid grid, QueryRequest request)
    {
        request.Check(Kinds);
        Sorting.Check(request);
        NodeFeatures.Check(request.Texts("features") ?? []);
        string[] active = [.. Filters.Keys.Where(name => request.Text(name) is not null)];
        IEnumerable<NodeUsage> nodes = GridCatalog.Nodes.Select(node => NodeUsage.Of(grid.World, node))
            .Where(node => active.All(name => Filters[name].Finds(node, grid, request, name)));
        IEnumerable<NodeView> views = Sorting.Sort(nodes, request).Select(node => NodeViews.InList(node, grid));
        return QueryPage<NodeView>.Cut(views, request, ProxyJson.Default.ListNodeView);
    }

    private static bool Same(string text, string? wanted) => string.Equals(text, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string? part) => text.Contains(part ?? "", StringComparison.OrdinalIgnoreCase);

    private sealed record NodeFilter(ParameterKind Kind, Func<NodeUsage, QueriedGrid, QueryRequest, string, bool> Finds);
}
