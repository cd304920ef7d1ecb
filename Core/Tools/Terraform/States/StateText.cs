using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>A Terraform state, version 4 of its format.</summary>
public sealed class StateText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly JsonElement _root;

    private StateText(JsonElement root) => _root = root;

    /// <summary>The state as JSON.</summary>
    public JsonElement Json => _root;

    public long Serial =>
        Member(_root, "serial") is { ValueKind: JsonValueKind.Number } serial && serial.TryGetInt64(out long number)
            ? number
            : 0;

    public string Lineage => Text(_root, "lineage");

    /// <summary>Encrypted by OpenTofu, so its content cannot be read.</summary>
    public bool IsEncrypted => _root.TryGetProperty("encrypted_data", out _);

    /// <summary>Nothing was ever written to it.</summary>
    public bool IsEmpty => Lineage.Length == 0 && !IsEncrypted;

    /// <summary>Whether it has no resource and no output, so that any other state may replace it.</summary>
    public bool HoldsNothing =>
        !IsEncrypted
            && !Items(_root, "resources").Any()
            && !(Member(_root, "outputs") is { ValueKind: JsonValueKind.Object } outputs && outputs.EnumerateObject().Any());

    /// <summary>Every instance of a managed resource.</summary>
    public IReadOnlyList<StateInstance> Instances =>
        [.. Items(_root, "resources").Where(resource => Text(resource, "mode") == "managed").SelectMany(InstancesOf)];

    /// <summary>The machines in each instance, with the instance's address.</summary>
    public IReadOnlyList<(string Address, MachineBlock Machine)> Machines =>
    [
        .. Instances.SelectMany(instance => instance.Attributes is { } attributes
            ? TerraformPlanReader.MachinesIn(attributes).Select(machine => (instance.Address, machine))
            : []),
    ];

    /// <summary>The output of <c>state pull</c>, which is empty for some backends if there is no state.</summary>
    public static StateText OfPull(string text) =>
        text.Trim().Length == 0 ? new StateText(JsonElement.Parse("{}")) : Parse(text);

    /// <summary>Throws a <see cref="JsonException"/> if the text is not a state.</summary>
    public static StateText Parse(string text)
    {
        JsonElement root = Read(text);
        return root.ValueKind == JsonValueKind.Object && (Member(root, "version") is { ValueKind: JsonValueKind.Number }
                || root.TryGetProperty("encrypted_data", out _) || root.TryGetProperty("resources", out _))
            ? new StateText(root)
            : throw new JsonException("it has no version");
    }

    private static JsonElement Read(string text)
    {
        try
        {
            var root = JsonElement.Parse(text, Strict);
            return text.Contains("\\ud", StringComparison.OrdinalIgnoreCase) ? WholeText.In(root) : root;
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <summary>Whether both hold the same resources and outputs, whatever their serials.</summary>
    public bool HasSameContent(StateText other) => IsSame(other, "resources") && IsSame(other, "outputs");

    public string WithSerial(long serial)
    {
        JsonObject copy = JsonNode.Parse(_root.GetRawText())?.AsObject() ?? [];
        copy["serial"] = serial;
        return copy.ToJsonString(Options) + "\n";
    }

    private bool IsSame(StateText other, string name) => (Member(_root, name), Member(other._root, name)) switch
    {
        ({ } one, { } two) => JsonElement.DeepEquals(one, two),
        (null, null) => true,
        _ => false,
    };

    private static IEnumerable<StateInstance> InstancesOf(JsonElement resource)
    {
        string module = Text(resource, "module") is { Length: > 0 } path ? $"{path}." : "";
        string type = Text(resource, "type");
        string address = $"{module}{type}.{Text(resource, "name")}";
        return Items(resource, "instances").Select(instance => new StateInstance(
            Member(instance, "index_key") is { } key ? $"{address}[{key.GetRawText()}]" : address,
            address,
            type,
            Member(instance, "attributes") is { ValueKind: JsonValueKind.Object } attributes ? attributes : null));
    }

    // Terraform's lists hold objects only.
    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static string Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    // A null counts as missing.
    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
