using System.Security.Cryptography;
using TfgridCompose.Core.Plugins.Sboms;

namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>
/// The files of what is shipped: an assembly <c>X.dll</c>, or the native program <c>X</c> made of it. The one nearest to the
/// top counts: folders below may have what an earlier build left.
/// </summary>
internal sealed class ShippedFiles(string folder)
{
    private readonly Dictionary<string, string> _files = Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .OrderBy(file => file.Count(letter => letter == Path.DirectorySeparatorChar))
        .ThenBy(file => file, StringComparer.Ordinal)
        .DistinctBy(file => Path.GetFileName(file))
        .ToDictionary(file => Path.GetFileName(file), StringComparer.Ordinal);

    /// <summary>A package brings its own hash; that of anything else is its file's.</summary>
    public SbomComponent AddHashTo(SbomComponent component) =>
        component.Purl is null
            && (_files.GetValueOrDefault($"{component.Name}.dll") ?? _files.GetValueOrDefault(component.Name)) is { } file
                ? component with { Hash = ("SHA-256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))) }
                : component;
}
