namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>What the user asks to be installed.</summary>
public sealed record InstallRequest
{
    /// <summary>The package's id.</summary>
    public required string Package { get; init; }

    /// <summary>A version or a NuGet range; null: the newest.</summary>
    public string? Version { get; init; }

    /// <summary>Whether a prerelease may be the newest.</summary>
    public bool Prerelease { get; init; }

    /// <summary>A URL, a folder or a NuGet source's name; null: the configured ones.</summary>
    public string? Source { get; init; }
}
