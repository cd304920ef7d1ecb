using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>A variable that the app's hooks read.</summary>
public sealed record EnvironmentVariable
{
    public required string Name { get; init; }

    public string? Default { get; init; }

    public bool Required { get; init; }

    public bool Secret { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The allowed values; empty if every value is allowed.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Conditions: the variable is used only if each of these variables has one of the values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DependsOn { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The location of its name.</summary>
    public required SourceLocation Location { get; init; }
}
