using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>
/// Reads a pattern's declaration from its descriptor. Fields that an older SDK did not write keep their default, which
/// generated serializers do not support for init-only properties.
/// </summary>
internal static class DeclarationReader
{
    public static PatternDeclaration Read(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(PlainFile.ReadBytes(Path.Combine(folder, PluginDescriptor.FileName)));
            return Declaration(document.RootElement);
        }
        catch (Exception invalid) when (invalid is JsonException
            or InvalidOperationException
            or FormatException
            or KeyNotFoundException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(
                ExitCode.Pattern,
                [PluginProblems.InvalidDescriptor(folder, $"cannot be read: {invalid.Message}")],
                invalid);
        }
    }

    private static PatternDeclaration Declaration(JsonElement root) => new()
    {
        Requires = Texts(root, "requires"),
        Options = List(root, "options", Option),
        Roles = List(
            root,
            "roles",
            item => new RoleDeclaration
            {
                Name = Required(item, "name"),
                Description = Text(item, "description") ?? "",
            }),
        Outputs = List(
            root,
            "outputs",
            item => new OutputDeclaration
            {
                Name = Required(item, "name"),
                Description = Text(item, "description") ?? "",
            }),
        Commands = List(root, "commands", item => new CommandDeclaration
        {
            Name = Required(item, "name"),
            Description = Text(item, "description") ?? "",
            Role = Required(item, "role"),
            Command = Texts(item, "command"),
            InStatus = Find(item, "inStatus")?.GetBoolean() ?? false,
        }),
    };

    private static PatternOption Option(JsonElement item) => new()
    {
        Name = Required(item, "name"),
        Type = Enum.Parse<OptionType>(Text(item, "type") ?? nameof(OptionType.Text)),
        Sources = List(item, "sources", Source),
        Description = Text(item, "description") ?? "",
        Default = Text(item, "default"),
        Min = Number(item, "min"),
        Max = Number(item, "max"),
        Allowed = Texts(item, "allowed"),
        Fields = List(item, "fields", Option),
    };

    private static OptionSource Source(JsonElement item) =>
        new(Required(item, "path"), Enum.Parse<SizeUnit>(Text(item, "unit") ?? nameof(SizeUnit.MB)));

    private static List<T> List<T>(JsonElement item, string name, Func<JsonElement, T> read) =>
        Find(item, name) is { } list ? [.. list.EnumerateArray().Select(read)] : [];

    private static List<string> Texts(JsonElement item, string name) =>
        List(item, name, text => text.GetString() ?? throw new JsonException($"'{name}' holds a null"));

    private static string Required(JsonElement item, string name) =>
        Text(item, name) ?? throw new JsonException($"'{name}' is missing");

    private static string? Text(JsonElement item, string name) => Find(item, name)?.GetString();

    private static long? Number(JsonElement item, string name) => Find(item, name)?.GetInt64();

    private static JsonElement? Find(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
