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
    public static IEnumerable<ContractView> All(GridWorld world) =>
        world.Networks.SelectMany(OfNetwork).Concat(world.Deployments.Select(OfDeployment)).OrderBy(c => c.ContractId);

    private static IEnumerable<ContractView> OfNetwork(NetworkRecord network) => network.Members.Select(member =>
        View(member.Contract, member.CreatedAt, member.Node, 0, new DeploymentData(3, "network", network.Name, NetworkRecord.ProjectName)));

    private static ContractView OfDeployment(DeploymentRecord deployment) => View(
        deployment.Contract, deployment.CreatedAt, deployment.Node, deployment.Vms.Count(vm => vm.PublicIp is not null),
        new DeploymentData(3, "vm", deployment.Name, deployment.ProjectName));

    private static ContractView View(long contract, long createdAt, int nodeId, int publicIps, DeploymentData data)
    {
        GridNode node = GridCatalog.Get(nodeId);
        string text = JsonSerializer.Serialize(data, ProxyJson.Default.DeploymentData);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contract}{text}")))[..32];
        return new ContractView(
            contract, GridCatalog.TwinId, "Created", createdAt, "node",
            new ContractDetails(nodeId, text, hash, publicIps, node.Farm.Name, node.Farm.Id));
    }
}
