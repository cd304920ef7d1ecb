using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>A Terraform state as a text, version 4 of its format. Throws <see cref="JsonException"/> where it is none.</summary>
public sealed class StateText
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };
    private readonly JsonObject _root;

    private StateText(JsonObject root) => _root = root;

    /// <summary>The state as JSON.</summary>
    public string Json => _root.ToJsonString();

    public long Serial => _root["serial"]?.GetValue<long>() ?? 0;

    public string Lineage => _root["lineage"]?.GetValue<string>() ?? "";

    /// <summary>Written by OpenTofu's encryption: what is in it cannot be told from the text.</summary>
    public bool IsEncrypted => _root.ContainsKey("encrypted_data");

    /// <summary>Nothing was ever written there.</summary>
    public bool IsEmpty => Lineage.Length == 0 && !IsEncrypted;

    /// <summary>Every instance of a managed resource: its own address, and the resource's.</summary>
    public IReadOnlyList<(string Address, string Resource)> Instances =>
        [.. ManagedInstances().Select(pair => (pair.Address, pair.Resource))];

    /// <summary>The machines in each instance, with the instance's address.</summary>
    public IReadOnlyList<(string Address, MachineBlock Machine)> Machines =>
    [
        .. ManagedInstances()
            .Where(pair => pair.Instance["attributes"] is JsonObject)
            .SelectMany(pair => TerraformPlanReader.MachinesIn(JsonSerializer.SerializeToElement(pair.Instance["attributes"])).Select(machine => (pair.Address, machine))),
    ];

    /// <summary>What <c>state pull</c> printed: some backends print nothing where nothing was ever written.</summary>
    public static StateText OfPull(string text) => text.Trim().Length == 0 ? new StateText([]) : Parse(text);

    public static StateText Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject root && (root["version"]?.GetValueKind() == JsonValueKind.Number || root.ContainsKey("encrypted_data") || root.ContainsKey("resources"))
                ? new StateText(root)
                : throw new JsonException("it has no version");
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <summary>Whether both hold the same resources and outputs, whatever their serials.</summary>
    public bool HasSameContent(StateText other) =>
        JsonNode.DeepEquals(_root["resources"], other._root["resources"]) && JsonNode.DeepEquals(_root["outputs"], other._root["outputs"]);

    public string WithSerial(long serial)
    {
        JsonObject copy = _root.DeepClone().AsObject();
        copy["serial"] = serial;
        return copy.ToJsonString(s_options) + "\n";
    }

    private IEnumerable<(string Address, string Resource, JsonObject Instance)> ManagedInstances() =>
        (_root["resources"] as JsonArray ?? []).OfType<JsonObject>().Where(resource => Word(resource, "mode") == "managed").SelectMany(InstancesOf);

    private static IEnumerable<(string Address, string Resource, JsonObject Instance)> InstancesOf(JsonObject resource)
    {
        string module = resource["module"] is { } path ? $"{path}." : "";
        string address = $"{module}{Word(resource, "type")}.{Word(resource, "name")}";
        return (resource["instances"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(instance => (instance["index_key"] is { } key ? $"{address}[{key.ToJsonString()}]" : address, address, instance));
    }

    private static string Word(JsonObject resource, string name) => resource[name]?.GetValue<string>() ?? "";
}
