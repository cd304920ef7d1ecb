using System.Text.Json;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// What <c>ansible-inventory --list</c> prints: a key for each group, and the variables of all hosts under <c>_meta</c>.
/// </summary>
internal static class InventoryListing
{
    private static readonly string[] NoGroup = ["_meta", "all", "ungrouped"];

    public static IReadOnlyList<Finding> FindingsIn(string json, IReadOnlyList<string> machines)
    {
        using var document = JsonDocument.Parse(json);
        HashSet<string> known =
        [
            .. document.RootElement.GetProperty("_meta")
                .GetProperty("hostvars")
                .EnumerateObject()
                .Select(host => host.Name),
        ];
        HashSet<string> grouped =
        [
            .. document.RootElement.EnumerateObject()
                .Where(group => !NoGroup.Contains(group.Name))
                .SelectMany(group => Hosts(group.Value)),
        ];
        return
        [
            .. machines.Except(known)
                .Select(host =>
                    new Finding(
                        $"Ansible's inventory does not hold the machine '{host}'",
                        "return every machine of the deployment from Inventory")),
            .. machines.Intersect(known)
                .Except(grouped)
                .Select(host =>
                    new Finding(
                        $"the machine '{host}' is in no group of the inventory",
                        "put it into a group in Inventory: plays select machines by group")),
            .. known.Union(grouped)
                .Except(machines)
                .Select(host =>
                    new Finding(
                        $"the inventory names '{host}', which is not a machine of the deployment",
                        "return only names of the deployment's machines from Inventory")),
        ];
    }

    private static IEnumerable<string> Hosts(JsonElement group) =>
        group.TryGetProperty("hosts", out JsonElement hosts)
            ? hosts.EnumerateArray().Select(host => host.GetString() ?? "")
            : [];
}
