using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>
/// Reads <c>terraform show -json PLAN</c>: https://developer.hashicorp.com/terraform/internals/json-format.
/// </summary>
public static class TerraformPlanReader
{
    // Blocks that describe machines: vms of grid_deployment, master and workers of grid_kubernetes.
    private static readonly string[] MachineBlocks = ["vms", "master", "workers"];
    private static readonly (string Block, string Kind)[] StorageBlocks =
        [("disks", StorageBlock.Disk), ("volumes", "volume"), ("zdbs", "zdb")];

    private static readonly string[] AddressAttributes = ["ip", "computedip", "computedip6", "mycelium_ip"];

    public static TerraformPlan Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    public static TerraformPlan Read(JsonElement root)
    {
        string[] outputs = root.TryGetProperty("output_changes", out JsonElement changes)
            ? [.. changes.EnumerateObject().Where(output => ActionOf(output.Value) is not null).Select(output => output.Name)]
            : [];
        ResourceChange[] resources = [.. Items(root, "resource_changes").Where(IsManaged).Select(ChangeOf)];
        return new TerraformPlan(
            [.. resources.Where(resource => resource.Action != ResourceChange.Keep)],
            outputs.Length > 0,
            [.. Items(root, "resource_drift")
                .SelectMany(drift => Vanished(drift.GetProperty("change")).Select(machine => (Text(drift, "address"), machine)))])
        {
            Unchanged = [.. resources.Where(resource => resource.Action == ResourceChange.Keep)],
            ChangedOutputs = outputs,
        };
    }

    private static IEnumerable<MachineBlock> Vanished(JsonElement change)
    {
        IReadOnlyList<MachineBlock> after = MachinesOf(change, "after");
        return MachinesOf(change, "before").Where(machine => after.All(other => other.Name != machine.Name));
    }

    private static ResourceChange ChangeOf(JsonElement resource)
    {
        JsonElement change = resource.GetProperty("change");
        string action = ActionOf(change) ?? ResourceChange.Keep;
        string type = Text(resource, "type");
        return new ResourceChange(Text(resource, "address"), action)
        {
            Type = type,
            Name = change.TryGetProperty("after", out JsonElement after) ? Text(after, "name") : "",
            Network = BeforeOf(change) is { } before ? Text(before, type == GridResourceType.Network ? "name" : "network_name") : "",
            Attributes = action is ResourceChange.Update or ResourceChange.Replace
                ? PlanDifferences.Of(change)
                : [],
            MachinesBefore = MachinesOf(change, "before"),
            MachinesAfter = MachinesOf(change, "after"),
            StorageBefore = StorageOf(change, "before"),
            StorageAfter = StorageOf(change, "after"),
        };
    }

    /// <summary>Whether an attribute belongs to a machine's block.</summary>
    internal static bool IsOfMachine(AttributeChange attribute) =>
        MachineBlocks.Any(block => attribute.Path.StartsWith($"{block}[", StringComparison.Ordinal));

    private static JsonElement? BeforeOf(JsonElement change) =>
        change.TryGetProperty("before", out JsonElement before) && before.ValueKind == JsonValueKind.Object ? before : null;

    private static bool IsManaged(JsonElement resource) => resource.GetProperty("mode").GetString() == "managed";

    private static string? ActionOf(JsonElement change) =>
        change.GetProperty("actions").EnumerateArray().Select(action => action.GetString()).ToArray() switch
        {
            ["create"] => ResourceChange.Create,
            ["update"] => ResourceChange.Update,
            ["delete"] => ResourceChange.Delete,
            ["delete", "create"] or ["create", "delete"] => ResourceChange.Replace,
            _ => null,
        };

    /// <summary>The machines among a resource's attributes.</summary>
    internal static IReadOnlyList<MachineBlock> MachinesIn(JsonElement attributes) =>
        [.. MachineBlocks.SelectMany(block => Items(attributes, block))
            .Where(machine => machine.ValueKind == JsonValueKind.Object)
            .Select(MachineOf)];

    private static IReadOnlyList<MachineBlock> MachinesOf(JsonElement change, string side) =>
        change.TryGetProperty(side, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? MachinesIn(value)
            : [];

    private static IReadOnlyList<StorageBlock> StorageOf(JsonElement change, string side) =>
        change.TryGetProperty(side, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? [.. StorageBlocks.SelectMany(kind => Items(value, kind.Block)
                .Where(storage => storage.ValueKind == JsonValueKind.Object)
                .Select(storage => new StorageBlock(kind.Kind, Text(storage, "name"), Number(storage, "size"))))]
            : [];

    private static MachineBlock MachineOf(JsonElement machine) => new(
        Text(machine, "name"),
        [.. AddressAttributes.Select(name => Text(machine, name).Split('/')[0]).Where(address => address.Length > 0)],
        machine.Clone())
    {
        // v1.11.1 of the provider has disk_name for name.
        Mounts =
        [
            .. Items(machine, "mounts")
                .Select(mount => Text(mount, "name") is { Length: > 0 } name ? name : Text(mount, "disk_name")),
        ],
    };

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    private static double Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : 0;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
