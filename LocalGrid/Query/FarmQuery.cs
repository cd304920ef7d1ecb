using System.Globalization;
using System.Text.Json.Serialization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal sealed record FarmView(
    string Name,
    int FarmId,
    int TwinId,
    int PricingPolicyId,
    string CertificationType,
    string StellarAddress,
    bool Dedicated,
    PublicIpView[] PublicIps);

internal sealed record PublicIpView(
    string Id, string Ip, string Gateway, [property: JsonPropertyName("contract_id")] long ContractId);

internal static class FarmQuery
{
    public const string Gateway = "203.0.113.1";

    private static readonly Dictionary<string, ParameterKind> Filters = new()
    {
        ["free_ips"] = ParameterKind.Number,
        ["total_ips"] = ParameterKind.Number,
        ["stellar_address"] = ParameterKind.Text,
        ["pricing_policy_id"] = ParameterKind.Number,
        ["farm_id"] = ParameterKind.Number,
        ["twin_id"] = ParameterKind.Number,
        ["name"] = ParameterKind.Text,
        ["name_contains"] = ParameterKind.Text,
        ["certification_type"] = ParameterKind.Text,
        ["dedicated"] = ParameterKind.Flag,
        ["node_free_mru"] = ParameterKind.Number,
        ["node_free_hru"] = ParameterKind.Number,
        ["node_free_sru"] = ParameterKind.Number,
        ["node_total_cru"] = ParameterKind.Number,
        ["node_status"] = ParameterKind.Texts,
        ["node_rented_by"] = ParameterKind.Number,
        ["node_available_for"] = ParameterKind.Number,
        ["node_has_gpu"] = ParameterKind.Flag,
        ["node_has_ipv6"] = ParameterKind.Flag,
        ["node_certified"] = ParameterKind.Flag,
        ["node_features"] = ParameterKind.Texts,
        ["country"] = ParameterKind.Text,
        ["region"] = ParameterKind.Text,
    };

    public static QueryPage<FarmView> Run(QueriedGrid grid, QueryRequest request)
    {
        request.Check(Filters);
        var sorting = new Sorting<GridFarm>(
            "Farm",
            ("farm_id", farm => farm.Id),
            ("name", farm => farm.Name),
            ("twin_id", farm => farm.TwinId),
            ("dedicated", _ => false),
            ("public_ips", farm => farm.PublicIpCount),
            ("free_ips", farm => grid.PublicIps.Free(farm).Count()),
            ("total_ips", farm => farm.PublicIpCount),
            ("used_ips", farm => farm.PublicIpCount - grid.PublicIps.Free(farm).Count()));
        sorting.Check(request);
        NodeFeatures.Check(request.Texts("node_features") ?? []);
        IEnumerable<GridFarm> farms = GridCatalog.Farms
            .Where(farm => request.Number("farm_id") is not { } id || farm.Id == id)
            .Where(farm => request.Number("twin_id") is not { } id || farm.TwinId == id)
            .Where(farm => request.Text("name") is not { } name || Same(farm.Name, name))
            .Where(farm => request.Text("name_contains") is not { } part || Contains(farm.Name, part))
            .Where(farm => request.Text("country") is not { } country || Same(farm.Country, country))
            .Where(farm => request.Number("total_ips") is not { } total || farm.PublicIpCount >= total)
            .Where(farm => request.Number("free_ips") is not { } free || grid.PublicIps.Free(farm).Count() >= free)
            .Where(farm => request.Flag("dedicated") is not true);
        IEnumerable<FarmView> views = sorting.Sort(farms, request).Select(farm => View(grid.World, farm));
        return QueryPage<FarmView>.Cut(views, request, ProxyJson.Default.ListFarmView);
    }

    private static FarmView View(GridWorld world, GridFarm farm) => new(
        farm.Name, farm.Id, farm.TwinId, 1, "Gold", "", false,
        [.. farm.PublicIps.Select((ip, index) => new PublicIpView(IdOf(farm, index), $"{ip}/24", Gateway, ContractOf(world, ip)))]);

    private static string IdOf(GridFarm farm, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{farm.Id:0000000000}-{index + 1:000000}-local");

    private static bool Same(string text, string wanted) => text.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static long ContractOf(GridWorld world, string ip) =>
        world.Vms.FirstOrDefault(item => item.Vm.PublicIp == ip).Deployment?.Contract ?? 0;
}
