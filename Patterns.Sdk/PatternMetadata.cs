using System.ComponentModel;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>The view of <see cref="ExportPatternAttribute"/> that a host imports. MEF needs a class with setters.</summary>
public sealed class PatternMetadata
{
    /// <summary>The pattern's name; empty where the export carries none.</summary>
    [DefaultValue("")]
    public string Name { get; set; } = "";

    /// <summary>The pattern's semantic version; empty where the export carries none.</summary>
    [DefaultValue("")]
    public string Version { get; set; } = "";

    /// <summary>One sentence for people.</summary>
    [DefaultValue("")]
    public string Description { get; set; } = "";
}
