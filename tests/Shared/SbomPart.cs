namespace TfgridCompose.Tests.Shared;

/// <summary>A component of an SBOM; <c>Digits</c> is its hash.</summary>
internal sealed record SbomPart(
    string Reference, string Type, string Name, string? Version, string? Purl, string? Digits, string? License);
