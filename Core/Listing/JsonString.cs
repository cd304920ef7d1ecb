using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TfgridCompose.Core.Listing;

/// <summary>The content of a JSON string. Only one with escapes, which is rare, needs the JSON library.</summary>
public static class JsonString
{
    /// <summary>Null if it has an escape that JSON does not know.</summary>
    /// <param name="content">The string without its quotes.</param>
    public static string? Text(ReadOnlySpan<byte> content) =>
        content.IndexOf((byte)'\\') < 0 ? Encoding.UTF8.GetString(content) : Unescaped(content);

    // A separate method, so that System.Text.Json is not loaded before it is needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Unescaped(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader((byte[])[(byte)'"', .. content, (byte)'"']);
        try
        {
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
