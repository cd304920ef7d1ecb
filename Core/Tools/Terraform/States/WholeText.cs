using System.Text.Json;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// Refuses half of a surrogate pair, which JSON can hold and a valid string cannot: the library reads it, and fails only at its
/// use.
/// </summary>
internal static class WholeText
{
    /// <summary>The value. Throws <see cref="InvalidOperationException"/> if a string or a name in it is not whole.</summary>
    public static JsonElement In(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    In(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    In(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }

        return value;
    }
}
