using System.Text.Encodings.Web;
using System.Text.Json;

namespace TfgridCompose.Core.Plugins.Sboms;

/// <summary>
/// Writes an SBOM in CycloneDX 1.6, JSON. It has no time and no serial number: the same parts give the same bytes.
/// </summary>
internal static class SbomDocument
{
    /// <summary>Tools find CycloneDX documents by the end of their name.</summary>
    public const string FileName = "sbom.cdx.json";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // A '+' stays readable: this is a file, not HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Bytes(SbomComponent subject, IEnumerable<SbomComponent> parts)
    {
        SbomComponent[] sorted = [.. parts.OrderBy(part => part.Reference, StringComparer.Ordinal)];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WritePropertyName("component");
            WriteComponent(json, subject);
            json.WriteEndObject();
            json.WriteStartArray("components");
            Array.ForEach(sorted, part => WriteComponent(json, part));
            json.WriteEndArray();
            json.WriteStartArray("dependencies");
            WriteNeeds(json, subject);
            Array.ForEach([.. sorted.Where(part => part.Type != "file")], part => WriteNeeds(json, part));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteComponent(Utf8JsonWriter json, SbomComponent component)
    {
        json.WriteStartObject();
        json.WriteString("type", component.Type);
        json.WriteString("bom-ref", component.Reference);
        json.WriteString("name", component.Name);
        if (component.Version is not null)
        {
            json.WriteString("version", component.Version);
        }

        if (component.Hash is { } hash)
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", hash.Algorithm);
            json.WriteString("content", hash.Digits);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteLicense(json, component);
        if (component.Purl is not null)
        {
            json.WriteString("purl", component.Purl);
        }

        json.WriteEndObject();
    }

    private static void WriteLicense(Utf8JsonWriter json, SbomComponent component)
    {
        if (component.License is null && component.LicenseName is null)
        {
            return;
        }

        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (component.License is not null)
        {
            json.WriteString("expression", component.License);
        }
        else
        {
            json.WriteStartObject("license");
            json.WriteString("name", component.LicenseName);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNeeds(Utf8JsonWriter json, SbomComponent component)
    {
        json.WriteStartObject();
        json.WriteString("ref", component.Reference);
        if (component.Needs.Count > 0)
        {
            json.WriteStartArray("dependsOn");
            foreach (string need in component.Needs.Distinct().Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(need);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
