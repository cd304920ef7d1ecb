namespace TfgridCompose.LocalGrid.Query;

/// <summary>/contracts: the filters of grid-proxy's ContractFilter (db/postgres.go, GetContracts). A state that does not exist
/// is no error: nothing is in it.</summary>
internal static class ContractQuery
{
    private static readonly Dictionary<string, ParameterKind> Filters = new()
    {
        ["contract_id"] = ParameterKind.Number,
        ["twin_id"] = ParameterKind.Number,
        ["node_id"] = ParameterKind.Number,
        ["type"] = ParameterKind.Text,
        ["state"] = ParameterKind.Texts,
        ["name"] = ParameterKind.Text,
        ["number_of_public_ips"] = ParameterKind.Number,
        ["deployment_data"] = ParameterKind.Text,
        ["deployment_hash"] = ParameterKind.Text,
        ["farm_name"] = ParameterKind.Text,
        ["farm_id"] = ParameterKind.Number,
    };

    private static readonly Sorting<ContractView> Sorting = new(
        "Contract",
        ("contract_id", c => c.ContractId),
        ("twin_id", c => c.TwinId),
        ("state", c => c.State),
        ("created_at", c => c.CreatedAt),
        ("type", c => c.Type));

    public static QueryPage<ContractView> Run(QueriedGrid grid, QueryRequest request)
    {
        request.Check(Filters);
        Sorting.Check(request);
        IEnumerable<ContractView> contracts = ContractViews.All(grid)
            .Where(c => request.Number("contract_id") is not { } id || c.ContractId == id)
            .Where(c => request.Number("twin_id") is not { } twin || c.TwinId == twin)
            .Where(c => request.Number("node_id") is not { } node || c.Details.NodeId == node)
            .Where(c => request.Text("type") is not { } type || c.Type == type)
            .Where(c => request.Texts("state") is not { } states || states.Contains(c.State, StringComparer.OrdinalIgnoreCase))
            .Where(c => request.Text("name") is null)
            .Where(c => request.Number("number_of_public_ips") is not { } ips || c.Details.PublicIps >= ips)
            .Where(c => request.Text("deployment_data") is not { } data || c.Details.DeploymentData == data)
            .Where(c => request.Text("deployment_hash") is not { } hash || c.Details.DeploymentHash == hash)
            .Where(c => request.Text("farm_name") is not { } farm || c.Details.FarmName.Equals(farm, StringComparison.OrdinalIgnoreCase))
            .Where(c => request.Number("farm_id") is not { } farm || c.Details.FarmId == farm);
        return QueryPage<ContractView>.Cut(Sorting.Sort(contracts, request), request, ProxyJson.Default.ListContractView);
    }
}
