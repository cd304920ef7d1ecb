using System.ComponentModel;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>
/// The metadata of <see cref="ExportPatternAttribute"/> as a host imports it. MEF needs a class with setters.
/// </summary>
public sealed class PatternMetadata
{
    /// <summary>The pattern's name; empty if the export has none.</summary>
    [DefaultValue("")]
    public string Name { get; set; } = "";

    /// <summary>The pattern's semantic version; empty if the export has none.</summary>
    [DefaultValue("")]
    public string Version { get; set; } = "";

    /// <summary>One sentence about the pattern.</summary>
    [DefaultValue("")]
    public string Description { get; set; } = "";
}
