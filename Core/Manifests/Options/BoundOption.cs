using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>A value and where it came from.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Type">The option's type.</param>
/// <param name="Value">As in <see cref="PatternOptions.Values"/>.</param>
/// <param name="Path">The key in the manifest (<c>config.memory</c>), or null for the default.</param>
/// <param name="Location">The location, or null for the default.</param>
public sealed record BoundOption(string Name, OptionType Type, object Value, string? Path, SourceLocation? Location)
{
    /// <summary>The location of each item of a list of maps; empty for other types and for the default.</summary>
    public IReadOnlyList<SourceLocation> Items { get; init; } = [];

    /// <summary>The value to display, with its unit.</summary>
    public string ShownValue => Value switch
    {
        long size when Type == OptionType.Size => string.Create(CultureInfo.InvariantCulture, $"{size} MB"),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<long> numbers => string.Join(", ", numbers),
        IReadOnlyList<string> strings => string.Join(", ", strings),
        IReadOnlyList<PatternOptions> items => Shown(items),
        _ => Excerpt.Of(Convert.ToString(Value, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary><c>memory 4096 MB from config.memory</c>.</summary>
    public override string ToString() => $"{Name} {ShownValue} from {Path ?? "the pattern's default"}";

    // Lists the items' names if they have any: 2 items: web, api.
    private static string Shown(IReadOnlyList<PatternOptions> items)
    {
        string[] names = [.. items.Select(item => item.Values.GetValueOrDefault("name")).OfType<string>()];
        string count =
            items.Count == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{items.Count} items");
        return names.Length > 0 ? $"{count}: {string.Join(", ", names)}" : count;
    }
}
