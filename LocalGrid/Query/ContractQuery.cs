using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal static class ContractQuery
{
    private static readonly string[] Filters =
    [
        "contract_id", "twin_id", "node_id", "type", "state", "name", "number_of_public_ips", "deployment_data",
        "deployment_hash", "farm_name", "farm_id",
    ];

    private static readonly string[] States = ["Created", "GracePeriod", "Deleted", "OutOfFunds"];

    public static QueryPage<ContractView> Run(GridWorld world, QueryRequest request)
    {
        request.Allow(Filters);
        if (request.Texts("state")?.FirstOrDefault(state => !States.Contains(state)) is { } unknown)
        {
            throw new QueryException(400, $"unknown contract state {unknown}");
        }

        IEnumerable<ContractView> contracts = ContractViews.All(world)
            .Where(c => request.Number("contract_id") is not { } id || c.ContractId == id)
            .Where(c => request.Number("twin_id") is not { } twin || c.TwinId == twin)
            .Where(c => request.Number("node_id") is not { } node || c.Details.NodeId == node)
            .Where(c => request.Text("type") is not { } type || c.Type == type)
            .Where(c => request.Texts("state") is not { } states || states.Contains(c.State))
            .Where(c => request.Text("name") is null)
            .Where(c => request.Number("number_of_public_ips") is not { } ips || c.Details.PublicIps == ips)
            .Where(c => request.Text("deployment_data") is not { } data || c.Details.DeploymentData == data)
            .Where(c => request.Text("deployment_hash") is not { } hash || c.Details.DeploymentHash == hash)
            .Where(c => request.Text("farm_name") is not { } farm || c.Details.FarmName == farm)
            .Where(c => request.Number("farm_id") is not { } farm || c.Details.FarmId == farm);
        contracts = request.Descending ? contracts.Reverse() : contracts;
        return QueryPage<ContractView>.Cut(contracts, request, ProxyJson.Default.ListContractView);
    }
}
