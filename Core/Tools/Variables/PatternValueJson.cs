using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Variables;

/// <summary>
/// JSON of the values that patterns return: Terraform and Ansible variables. Strings, numbers, booleans, lists and maps
/// are written directly, because the serializer would compile code for each of their types at every start; it handles
/// the rest.
/// </summary>
public static class PatternValueJson
{
    private static readonly JsonWriterOptions Writing =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PatternOptionsConverter() },
    };

    public static string Of(object? value) => Text(writer => Write(writer, value));

    /// <summary>The inventory as one string, for its fingerprint.</summary>
    public static string Of(Inventory inventory) => Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(nameof(Inventory.Groups));
        foreach (InventoryGroup group in inventory.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString(nameof(InventoryGroup.Name), group.Name);
            writer.WritePropertyName(nameof(InventoryGroup.Hosts));
            Write(writer, group.Hosts);
            writer.WritePropertyName(nameof(InventoryGroup.Variables));
            Write(writer, group.Variables);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName(nameof(Inventory.Variables));
        Write(writer, inventory.Variables);
        writer.WriteEndObject();
    });

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> map:
                WriteMap(writer, map);
                break;
            case PatternOptions item:
                Write(writer, item.Values);
                break;
            case IEnumerable list and not IDictionary and (
                IReadOnlyCollection<string> or object?[] or IReadOnlyList<object?> or int[] or IReadOnlyList<int>):
                WriteList(writer, list);
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType(), Options);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        writer.WriteStartArray();
        foreach (object? item in list)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> map)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in map)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    // Items of an option's list of maps are plain objects, even within values that the serializer writes.
    private sealed class PatternOptionsConverter : JsonConverter<PatternOptions>
    {
        public override PatternOptions Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, PatternOptions value, JsonSerializerOptions options) =>
            PatternValueJson.Write(writer, value.Values);
    }
}
