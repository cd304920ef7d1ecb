using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.DescriptorWriter;

/// <summary>The content of <c>plugin.json</c>; <c>docs/pattern-contract.md</c> shows one.</summary>
internal static class Descriptor
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
        // Absent values are left out, because every listing reads all of the text.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A quote stays readable: this is a file, not HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(Arguments arguments, PatternReading reading)
    {
        byte[] assembly = File.ReadAllBytes(arguments.Assembly);
        var content = new
        {
            Schema = 1,
            Id = Or(arguments.Id, reading.Metadata.Name),
            Name = Or(reading.Metadata.Name, arguments.Id),
            Version = Or(reading.Metadata.Version, "0.0.0"),
            reading.Metadata.Description,
            Assembly = Path.GetFileName(arguments.Assembly),
            Size = assembly.Length,
            Crc32c = Crc32C.Of(assembly).ToString("x8", CultureInfo.InvariantCulture),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(assembly)),
            Contract = arguments.Contract ?? SdkContract.Version,
            reading.Declaration.Requires,
            reading.Declaration.Options,
            reading.Declaration.Roles,
            reading.Declaration.Outputs,
            reading.Declaration.Commands,
        };
        return JsonSerializer.Serialize(content, Options);
    }

    private static string Or(string text, string fallback) => text.Length > 0 ? text : fallback;
}
