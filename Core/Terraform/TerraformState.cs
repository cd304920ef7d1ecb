using System.Text.Json;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Terraform;

/// <summary>What Terraform's local state says exists, read without starting Terraform.</summary>
public static class TerraformState
{
    // The provider's resources that are machines; networks and proxies can move without loss.
    private static readonly string[] Machines = ["grid_deployment.", "grid_kubernetes."];

    public static bool HasMachines(DeploymentFolder folder) => Resources(folder).Any(address => Machines.Any(address.StartsWith));

    /// <summary>Addresses of the managed resources that have instances.</summary>
    public static IReadOnlyList<string> Resources(DeploymentFolder folder) => [.. Instances(folder).Select(instance => instance.Resource).Distinct()];

    /// <summary>Every instance of a managed resource: its own address, and the resource's.</summary>
    public static IReadOnlyList<(string Address, string Resource)> Instances(DeploymentFolder folder)
    {
        string path = Path.Combine(folder.Terraform, "terraform.tfstate");
        // Terraform opens the file before it writes to it; killed in between it leaves an empty one, and takes that for no state itself.
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        if (text.Length == 0)
        {
            return [];
        }

        using JsonDocument state = JsonDocument.Parse(text);
        return state.RootElement.TryGetProperty("resources", out JsonElement resources)
            ? [.. resources.EnumerateArray().Where(resource => resource.GetProperty("mode").GetString() == "managed").SelectMany(InstancesOf)]
            : [];
    }

    private static IEnumerable<(string Address, string Resource)> InstancesOf(JsonElement resource)
    {
        string module = resource.TryGetProperty("module", out JsonElement path) ? $"{path.GetString()}." : "";
        string address = $"{module}{resource.GetProperty("type").GetString()}.{resource.GetProperty("name").GetString()}";
        return resource.GetProperty("instances").EnumerateArray()
            .Select(instance => (instance.TryGetProperty("index_key", out JsonElement key) ? $"{address}[{key.GetRawText()}]" : address, address));
    }
}
