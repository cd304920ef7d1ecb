namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>The arguments of <c>patterns pack</c>.</summary>
public sealed record PackRequest
{
    /// <summary>The pattern's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder for the package, absolute.</summary>
    public required string Target { get; init; }

    /// <summary>Null to derive it from the pattern's name.</summary>
    public string? PackageId { get; init; }

    /// <summary>Null for the author in <c>pattern.yaml</c>, else the pattern's name.</summary>
    public string? Author { get; init; }
}
