using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Trust;

/// <summary>The text of <c>trusted.json</c>. Any other form is a <see cref="JsonException"/>.</summary>
internal static class TrustedJson
{
    public const int Schema = 1;
    private const int HashLength = 64;

    public static string Write(IReadOnlyList<TrustedApp> apps, string version)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("written_by", version);
            json.WriteStartArray("apps");
            foreach (TrustedApp app in apps)
            {
                Write(json, app);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    public static IReadOnlyList<TrustedApp> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return JsonMembers.Read(document.RootElement, from =>
        {
            if (from.Number("schema") != Schema)
            {
                throw new JsonException($"it has no schema {Schema}");
            }

            if (!from.Value.TryGetProperty("apps", out JsonElement apps) || apps.ValueKind != JsonValueKind.Array)
            {
                throw new JsonException("it has no list of apps");
            }

            List<TrustedApp> all = from.Items("apps").ConvertAll(App);
            return all.DistinctBy(app => app.Folder).Count() == all.Count ? all : throw new JsonException("it names an app twice");
        });
    }

    private static void Write(Utf8JsonWriter json, TrustedApp app)
    {
        json.WriteStartObject();
        json.WriteString("folder", app.Folder);
        json.WriteStartArray("parts");
        foreach (TrustedPart part in app.Parts)
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(part.Kind));
            json.WriteString("name", part.Name);
            json.WriteString("sha256", part.Content);
            json.WriteString("agreed_at", part.AgreedAt);
            json.WriteStartObject("files");
            foreach ((string name, string mark) in part.Marks)
            {
                json.WriteString(name, mark);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static TrustedApp App(JsonElement element) => JsonMembers.Read(element, from =>
    {
        string folder = from.Text("folder");
        List<TrustedPart> parts = from.Items("parts").ConvertAll(Part);
        return Path.IsPathRooted(folder) && parts.Count > 0 && parts.DistinctBy(part => part.Kind).Count() == parts.Count
            ? new TrustedApp(folder, parts)
            : throw new JsonException($"its entry for the app '{folder}' is not valid");
    });

    private static TrustedPart Part(JsonElement element) => JsonMembers.Read(element, from =>
    {
        string content = from.Text("sha256");
        JsonMembers files = from.Object("files") ?? throw new JsonException("the member files is missing");
        return content.Length == HashLength && content.All(char.IsAsciiHexDigitLower)
            ? new TrustedPart(KindOf(from.Text("kind")), from.Text("name"), content, from.Time("agreed_at"), Marks(files.Value))
            : throw new JsonException("the member sha256 is no SHA-256");
    });

    private static List<KeyValuePair<string, string>> Marks(JsonElement files)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty file in files.EnumerateObject())
        {
            marks[file.Name] = file.Value.GetString() ?? throw new JsonException($"the file {file.Name} has no mark");
        }

        return [.. marks];
    }

    /// <summary>The word for a kind, in the file and for people.</summary>
    public static string Word(CodeKind kind) => kind switch
    {
        CodeKind.Playbook => "playbook",
        CodeKind.Pattern => "pattern",
        CodeKind.State => "state",
        _ => throw new InvalidOperationException($"unknown kind {kind}"),
    };

    private static CodeKind KindOf(string word) => word switch
    {
        "playbook" => CodeKind.Playbook,
        "pattern" => CodeKind.Pattern,
        "state" => CodeKind.State,
        _ => throw new JsonException($"there is no kind '{word}'"),
    };
}
