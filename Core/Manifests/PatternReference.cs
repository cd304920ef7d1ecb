using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>The pattern that the manifest asks for.</summary>
public sealed record PatternReference
{
    /// <summary>The pattern's name or, if <see cref="Folder"/> is set, the path as written.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The absolute folder of a pattern that the manifest names by path; null for a pattern looked up by name.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The requested version, as written; null for any.</summary>
    public string? Version { get; init; }

    /// <summary>The package that contains it, or null.</summary>
    public string? Package { get; init; }

    /// <summary>The patterns that the app supports; empty if the manifest does not say.</summary>
    public IReadOnlyList<string> Supported { get; init; } = [];

    /// <summary>The location of its name.</summary>
    public required SourceLocation Location { get; init; }
}
