namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>
/// The part of a <c>plugin.json</c> or <c>pattern.yaml</c> that a listing needs.
/// <see cref="PatternCatalogEntry.Declaration"/> reads the rest.
/// </summary>
public sealed record PluginDescriptor
{
    public const string FileName = "plugin.json";

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The assembly's file name, without a folder; empty for a folder pattern.</summary>
    public required string Assembly { get; init; }

    /// <summary>Hash of the assembly, 64 lower-case hexadecimal digits; empty for a folder pattern.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// CRC-32C of the assembly, 8 lower-case hexadecimal digits; empty if an older SDK wrote none. Fast enough to check
    /// in every listing.
    /// </summary>
    public string Crc32C { get; init; } = "";

    /// <summary>The pattern contract it was built against.</summary>
    public required int ContractMajor { get; init; }

    public required int ContractMinor { get; init; }

    public string Contract => $"{ContractMajor}.{ContractMinor}";
}
