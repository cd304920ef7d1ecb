using System.Security.Cryptography;
using TfgridCompose.Core.Plugins.Sboms;

namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>
/// The shipped files: an assembly <c>X.dll</c>, or the native program <c>X</c> compiled from it. The one nearest to the top
/// counts, because folders below may hold leftovers of an earlier build.
/// </summary>
internal sealed class ShippedFiles(string folder)
{
    private readonly Dictionary<string, string> _files = Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .OrderBy(file => file.Count(letter => letter == Path.DirectorySeparatorChar))
        .ThenBy(file => file, StringComparer.Ordinal)
        .DistinctBy(file => Path.GetFileName(file))
        .ToDictionary(file => Path.GetFileName(file), StringComparer.Ordinal);

    /// <summary>A package has its own hash; anything else gets its file's.</summary>
    public SbomComponent AddHashTo(SbomComponent component) =>
        component.Purl is null
            && (_files.GetValueOrDefault($"{component.Name}.dll") ?? _files.GetValueOrDefault(component.Name)) is { } file
                ? component with { Hash = ("SHA-256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))) }
                : component;
}
