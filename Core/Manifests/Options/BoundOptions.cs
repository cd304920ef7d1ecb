using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Options;

/// <summary>The pattern's options as the manifest sets them, and the problems with invalid ones.</summary>
public sealed record BoundOptions
{
    /// <summary>Ready for the pattern; an option with a problem is absent.</summary>
    public required PatternOptions Options { get; init; }

    /// <summary>The source of each value, in declaration order.</summary>
    public IReadOnlyList<BoundOption> Origins { get; init; } = [];

    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    /// <summary>
    /// The location of an option, or of an item of a list of maps (<c>services[1]</c>); null if it is not in the
    /// manifest.
    /// </summary>
    public SourceLocation? LocationOf(string? reference)
    {
        string[] parts = (reference ?? "").Split('[', ']');
        BoundOption? option = Origins.FirstOrDefault(origin => origin.Name == parts[0]);
        return option is not null && parts.Length > 1
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index < option.Items.Count
            ? option.Items[index]
            : option?.Location;
    }
}
