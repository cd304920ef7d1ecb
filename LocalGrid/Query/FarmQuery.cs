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
    private const string Gateway = "203.0.113.1";

    private static readonly string[] Filters =
    [
        "free_ips", "total_ips", "name", "name_contains", "farm_id", "twin_id", "country", "dedicated", "certification_type",
        "pricing_policy_id", "stellar_address", "node_free_mru", "node_free_sru", "node_free_hru", "node_total_cru",
        "node_status", "node_rented_by", "node_available_for", "node_has_gpu", "node_has_ipv6", "node_certified", "node_features", "region",
    ];

    public static QueryPage<FarmView> Run(QueriedGrid grid, QueryRequest request)
    {
        request.Allow(Filters);
        IEnumerable<GridFarm> farms = GridCatalog.Farms
            .Where(farm => request.Number("farm_id") is not { } id || farm.Id == id)
            .Where(farm => request.Number("twin_id") is not { } id || farm.TwinId == id)
            .Where(farm => request.Text("name") is not { } name || Same(farm.Name, name))
            .Where(farm => request.Text("name_contains") is not { } part || Contains(farm.Name, part))
            .Where(farm => request.Text("country") is not { } country || Same(farm.Country, country))
            .Where(farm => request.Number("total_ips") is not { } total || farm.PublicIpCount >= total)
            .Where(farm => request.Number("free_ips") is not { } free || grid.PublicIps.Free(farm).Count() >= free)
            .Where(farm => request.Flag("dedicated") is not true);
        farms = request.Descending ? farms.OrderByDescending(farm => farm.Id) : farms;
        return QueryPage<FarmView>.Cut(farms.Select(farm => View(grid.World, farm)), request, ProxyJson.Default.ListFarmView);
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
