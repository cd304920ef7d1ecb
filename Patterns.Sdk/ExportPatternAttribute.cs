using System.Composition;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>Exports a class as a pattern, with metadata that can be read without creating an instance.</summary>
/// <param name="name">
/// The name in manifests (<c>pattern: NAME</c>): lower-case letters, digits and dashes, at most 40 characters.
/// </param>
/// <param name="version">Semantic version of the pattern, for example <c>1.2.0</c>.</param>
/// <param name="description">One sentence for <c>patterns list</c>.</param>
[MetadataAttribute]
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExportPatternAttribute(
    string name, string version, string description) : ExportAttribute(typeof(IPattern))
{
    /// <summary>The pattern's name.</summary>
    public string Name { get; } = name;

    /// <summary>The pattern's semantic version.</summary>
    public string Version { get; } = version;

    /// <summary>One sentence about the pattern.</summary>
    public string Description { get; } = description;
}
