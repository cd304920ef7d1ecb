using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What a pattern declares: for people if it has no README, and as JSON in the form of a <c>plugin.json</c>.</summary>
internal static class PatternPage
{
    private static readonly JsonSerializerOptions AsInDescriptors = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(PatternDeclaration declaration)
    {
        var text = new StringBuilder("This pattern has no README.md. It declares:\n");
        foreach (RoleDeclaration role in declaration.Roles)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nrole {role.Name}: {role.Description}");
        }

        text.Append('\n');
        foreach (PatternOption option in declaration.Options)
        {
            Append(text, option, mark: "");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PatternOption option, string mark)
    {
        bool isSize = option.Type == OptionType.Size;
        string sources = string.Join(", ", option.Sources.Select(source => isSize ? $"{source.Path} ({source.Unit})" : source.Path));
        string indent = new(' ', mark.Length);
        text.Append(CultureInfo.InvariantCulture, $"\n{mark}{sources}: {Word(option.Type)}{Rules(option)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}    {option.Description}\n");
        foreach (PatternOption field in option.Fields)
        {
            Append(text, field, $"{indent}    - ");
        }
    }

    public static string Json(PatternCatalogEntry entry) => JsonSerializer.Serialize(
        new
        {
            entry.Name,
            entry.Descriptor?.Version,
            entry.Descriptor?.Description,
            entry.Descriptor?.Contract,
            entry.Declaration.Requires,
            entry.Declaration.Options,
            entry.Declaration.Roles,
            entry.Declaration.Outputs,
            entry.Declaration.Commands,
        },
        AsInDescriptors);

    private static string Word(OptionType type) => type switch
    {
        OptionType.TextList => "list of strings",
        OptionType.IntegerList => "list of integers",
        OptionType.ObjectList => "list of maps, each with the keys below",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static string Rules(PatternOption option)
    {
        string unit = option.Type == OptionType.Size ? " MB" : "";
        string range = (option.Min, option.Max) switch
        {
            (long min, long max) => $", {min} to {max}{unit}",
            (long min, null) => $", {min}{unit} and more",
            (null, long max) => $", up to {max}{unit}",
            _ => "",
        };
        string allowed = option.Allowed.Count > 0 ? $", one of {string.Join(", ", option.Allowed)}" : "";
        return range + allowed + (option.Default is { } value ? $"; default {value}" : "; no default");
    }
}
