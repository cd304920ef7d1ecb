using System.Text.Json;

namespace TfgridCompose.Core.Records.Json;

/// <summary>
/// Members of a JSON object, by name. What every command reads at its start (record, journal, index) is read with this:
/// generated readers have each property's type compiled at every start, which costs more than all the rest of the
/// reading. A missing required member, or one of another kind, is a
/// <see cref="JsonException"/>.
/// </summary>
internal readonly record struct JsonMembers(JsonElement Value)
{
    /// <summary>
    /// What <paramref name="read"/> makes of the object. The library has other exceptions for text that is not UTF-8, for
    /// half a surrogate pair and for values of another kind; these are a <see cref="JsonException"/> too.
    /// </summary>
    public static T Read<T>(JsonElement root, Func<JsonMembers, T> read)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("it is not an object");
        }

        try
        {
            return read(new JsonMembers(root));
        }
        catch (Exception refused) when (refused is InvalidOperationException or FormatException)
        {
            throw new JsonException(refused.Message, refused);
        }
    }

    public string Text(string name) => TextOrNull(name) ?? throw new JsonException($"the member {name} is missing");

    public string? TextOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, value);

    public int Number(string name, int otherwise = 0) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(name, value);

    public long? LongOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : throw Wrong(name, value);

    public bool? FlagOrNull(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.ValueKind == JsonValueKind.True : throw Wrong(name, value);

    public DateTimeOffset Time(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out DateTimeOffset time)
        ? time : throw new JsonException($"the member {name} is not a time");

    public JsonMembers? Object(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonMembers(value) : throw Wrong(name, value);

    public List<JsonElement> Items(string name)
    {
        var items = new List<JsonElement>();
        if (Find(name) is { } value)
        {
            foreach (JsonElement item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, value))
            {
                items.Add(item);
            }
        }

        return items;
    }

    public string[] Texts(string name)
    {
        List<JsonElement> items = Items(name);
        string[] texts = new string[items.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = items[i].ValueKind == JsonValueKind.String ? items[i].GetString() ?? "" : throw Wrong(name, items[i]);
        }

        return texts;
    }

    private JsonElement? Find(string name) =>
        Value.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonException Wrong(string name, JsonElement value) => new($"the member {name} is {value.ValueKind}");
}
