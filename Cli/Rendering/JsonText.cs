using System.Text.Json;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A verb's result for scripts.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(object value) => JsonSerializer.Serialize(value, Indented) + "\n";
}
