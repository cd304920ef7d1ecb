namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A request to install a package.</summary>
public sealed record InstallRequest
{
    /// <summary>The package's id.</summary>
    public required string Package { get; init; }

    /// <summary>A version or a NuGet range; null for the newest.</summary>
    public string? Version { get; init; }

    /// <summary>Whether a prerelease may be the newest.</summary>
    public bool Prerelease { get; init; }

    /// <summary>A URL, a folder or the name of a NuGet source; null for the configured ones.</summary>
    public string? Source { get; init; }
}
