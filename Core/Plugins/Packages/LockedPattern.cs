using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>An installed package in <c>patterns.lock</c>.</summary>
public sealed record LockedPattern
{
    /// <summary>The pattern's name, also the name of its folder.</summary>
    public string Name { get; set; } = "";

    /// <summary>The package's id.</summary>
    public string Package { get; set; } = "";

    /// <summary>The package's version, normalised.</summary>
    public string Version { get; set; } = "";

    /// <summary>The feed's URL or folder.</summary>
    public string Source { get; set; } = "";

    /// <summary>Hash of the .nupkg, 128 lower-case hexadecimal digits.</summary>
    public string Sha512 { get; set; } = "";

    public DateTimeOffset InstalledAt { get; set; }

    /// <summary>
    /// The missing or invalid member; null if the entry is complete. JSON may contain nulls for non-nullable types.
    /// </summary>
    internal string? Flaw => this switch
    {
        _ when !PatternName.IsValid(Name) => "name",
        { Package: null or "" } => "package",
        { Version: null or "" } => "version",
        { Source: null or "" } => "source",
        _ when Sha512 is not { Length: 128 } || !Sha512.All(char.IsAsciiHexDigitLower) => "sha512",
        _ => null,
    };

    public bool IsOf(string package) => string.Equals(Package, package, StringComparison.OrdinalIgnoreCase);
}
