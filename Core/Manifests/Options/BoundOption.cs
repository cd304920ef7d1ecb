using System.Globalization;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>A value and where it came from.</summary>
/// <param name="Name">The option's name.</param>
/// <param name="Type">The option's type.</param>
/// <param name="Value">As in <see cref="PatternOptions.Values"/>.</param>
/// <param name="Path">The manifest's path (<c>config.memory</c>), or null for the default.</param>
/// <param name="Location">Where it stands, or null for the default.</param>
public sealed record BoundOption(string Name, OptionType Type, object Value, string? Path, SourceLocation? Location)
{
    /// <summary>The value for people, with its unit.</summary>
    public string ShownValue => Value switch
    {
        long size when Type == OptionType.Size => string.Create(CultureInfo.InvariantCulture, $"{size} MB"),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<long> numbers => string.Join(", ", numbers),
        IReadOnlyList<string> texts => string.Join(", ", texts),
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary><c>memory 4096 MB from config.memory</c>.</summary>
    public override string ToString() => $"{Name} {ShownValue} from {Path ?? "the pattern's default"}";
}
