using System.Text.Json;

namespace TfgridCompose.LocalGrid.Values;

/// <summary>Reads the JSON form of a Terraform value, as state files have it.</summary>
internal static class TerraformJson
{
    public static object? Parse(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return Convert(document.RootElement);
    }

    private static object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new TerraformObject(
            element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Convert(p.Value)))),
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => TerraformNumber.Parse(element.GetRawText()),
        _ => null,
    };
}
