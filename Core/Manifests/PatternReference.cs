using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>The pattern that the manifest asks for.</summary>
public sealed record PatternReference
{
    /// <summary>The pattern's name; where <see cref="Folder"/> is set, the path as written.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of a pattern that the manifest names by its path, absolute; null: it is looked up by its name.</summary>
    public string? Folder { get; init; }

    /// <summary>The version asked for, as written; null: any.</summary>
    public string? Version { get; init; }

    /// <summary>The package that brings it, or null.</summary>
    public string? Package { get; init; }

    /// <summary>The patterns that the app says it works with; empty where it does not say.</summary>
    public IReadOnlyList<string> Supported { get; init; } = [];

    /// <summary>Where its name stands.</summary>
    public required SourceLocation Location { get; init; }
}
