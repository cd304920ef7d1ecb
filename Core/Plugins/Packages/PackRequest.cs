namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>What the user asks of <c>patterns pack</c>.</summary>
public sealed record PackRequest
{
    /// <summary>The pattern's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the package goes, absolute.</summary>
    public required string Target { get; init; }

    /// <summary>Null: made of the pattern's name.</summary>
    public string? PackageId { get; init; }

    /// <summary>Null: what <c>pattern.yaml</c> says, else the pattern's name.</summary>
    public string? Author { get; init; }
}
