namespace TfgridCompose.Core.Plugins.Sboms;

/// <summary>A part of what an SBOM describes, or the whole of it.</summary>
/// <param name="Type">CycloneDX's word: <c>application</c>, <c>library</c>, <c>framework</c> or <c>file</c>.</param>
/// <param name="Name">The package's id, the assembly's name or the file's path.</param>
internal sealed record SbomComponent(string Type, string Name)
{
    public string? Version { get; init; }

    /// <summary>Null for what no registry has: a project of ours, a file.</summary>
    public string? Purl { get; init; }

    /// <summary>The algorithm as CycloneDX writes it (<c>SHA-256</c>) and the hexadecimal digits.</summary>
    public (string Algorithm, string Digits)? Hash { get; init; }

    /// <summary>An SPDX expression.</summary>
    public string? License { get; init; }

    /// <summary>Where the licence is, if it has no SPDX expression.</summary>
    public string? LicenseName { get; init; }

    /// <summary>The references of what it needs.</summary>
    public IReadOnlyCollection<string> Needs { get; init; } = [];

    /// <summary>Its unique name within the document.</summary>
    public string Reference => Purl ?? (Version is null ? Name : $"{Name}@{Version}");
}
