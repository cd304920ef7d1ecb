using System.Globalization;
using System.Text.Json.Serialization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal sealed record FarmView(
    string Name, int FarmId, int TwinId, int PricingPolicyId, string CertificationType, string StellarAddress,
    bool Dedicated, PublicIpView[] PublicIps);

internal sealed record PublicIpView(string Id, string Ip, string Gateway, [property: JsonPropertyName("contract_id")] long ContractId);

internal static class FarmQuery
{
    private static readonly string[] Filters =
    [
        "free_ips", "total_ips", "name", "name_contains", "farm_id", "twin_id", "country", "dedicated",
        "certification_type", "pricing_policy_id",
        "stellar_address", "node_free_mru", "node_free_sru", "node_free_hru", "node_total_cru", "node_status", "node_rented_by",
        "node_available_for", "node_has_gpu", "node_has_ipv6", "node_certified", "node_features", "region",
    ];

    public static QueryPage<FarmView> Run(GridWorld world, QueryRequest request)
    {
        request.Allow(Filters);
        var farms = GridCatalog.Farms
            .Where(farm => request.Number("farm_id") is not { } id || farm.Id == id)
            .Where(farm => request.Number("twin_id") is not { } id || farm.TwinId == id)
            .Where(farm => request.Text("name") is not { } name || farm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Where(farm => request.Text("name_contains") is not { } part || farm.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
            .Where(farm => request.Text("country") is not { } country || farm.Country.Equals(country, StringComparison.OrdinalIgnoreCase))
            .Where(farm => request.Number("total_ips") is not { } total || farm.PublicIpCount >= total)
            .Where(farm => request.Number("free_ips") is not { } free || PublicIpPool.Free(world, farm).Count() >= free)
            .Where(farm => request.Flag("dedicated") is not true);
        farms = request.Descending ? farms.OrderByDescending(farm => farm.Id) : farms;
        return QueryPage<FarmView>.Cut(farms.Select(farm => View(world, farm)), request, ProxyJson.Default.ListFarmView);
    }

    private static FarmView View(GridWorld world, GridFarm farm) => new(
        farm.Name, farm.Id, farm.TwinId, 1, "Gold", "", false,
        [.. farm.PublicIps.Select((ip, index) => new PublicIpView(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{farm.Id:0000000000}-{index + 1:000000}-local"), $"{ip}/24", "203.0.113.1", ContractOf(world, ip)))]);

    private static long ContractOf(GridWorld world, string ip) =>
        world.Vms.FirstOrDefault(item => item.Vm.PublicIp == ip).Deployment?.Contract ?? 0;
}
