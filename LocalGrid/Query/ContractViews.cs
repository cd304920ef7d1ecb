using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal sealed record ContractView(
    [property: JsonPropertyName("contract_id")] long ContractId,
    [property: JsonPropertyName("twin_id")] int TwinId,
    string State,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    string Type,
    ContractDetails Details);

internal sealed record ContractDetails(
    int NodeId,
    [property: JsonPropertyName("deployment_data")] string DeploymentData,
    [property: JsonPropertyName("deployment_hash")] string DeploymentHash,
    [property: JsonPropertyName("number_of_public_ips")] int PublicIps,
    [property: JsonPropertyName("farm_name")] string FarmName,
    [property: JsonPropertyName("farm_id")] int FarmId);

/// <summary>What the SDK puts into a contract, as JSON in a string.</summary>
internal sealed record DeploymentData(int Version, string Type, string Name, string ProjectName);

internal static class ContractViews
{
    public static IEnumerable<ContractView> All(QueriedGrid grid)
    {
        ChainContract[] live = [.. grid.World.Contracts];
        return grid.Ended.ExceptBy(live.Select(contract => contract.Id), contract => contract.Id)
            .Select(contract => View(contract, "Deleted"))
            .Concat(live.Select(contract => View(contract, "Created")))
            .OrderBy(contract => contract.ContractId);
    }

    private static ContractView View(ChainContract contract, string state)
    {
        var data = new DeploymentData(3, contract.Type, contract.Name, contract.ProjectName);
        GridNode node = GridCatalog.Get(contract.Node);
        string text = JsonSerializer.Serialize(data, ProxyJson.Default.DeploymentData);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contract.Id}{text}")))[..32];
        return new ContractView(
            contract.Id, GridCatalog.TwinId, state, contract.CreatedAt, "node",
            new ContractDetails(contract.Node, text, hash, contract.PublicIps, node.Farm.Name, node.Farm.Id));
    }
}
