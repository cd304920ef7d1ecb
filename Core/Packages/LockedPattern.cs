namespace TfgridCompose.Core.Packages;

/// <summary>An installed package, as <c>patterns.lock</c> remembers it.</summary>
public sealed record LockedPattern
{
    /// <summary>The pattern's name, which is its folder's too.</summary>
    public string Name { get; set; } = "";

    /// <summary>The package's id.</summary>
    public string Package { get; set; } = "";

    /// <summary>The package's version, normalised.</summary>
    public string Version { get; set; } = "";

    /// <summary>The feed's URL or folder.</summary>
    public string Source { get; set; } = "";

    /// <summary>Of the .nupkg, 128 lower-case hexadecimal digits.</summary>
    public string Sha512 { get; set; } = "";

    public DateTimeOffset InstalledAt { get; set; }

    public bool IsOf(string package) => string.Equals(Package, package, StringComparison.OrdinalIgnoreCase);
}
