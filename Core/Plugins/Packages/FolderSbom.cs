using System.Security.Cryptography;
using TfgridCompose.Core.Plugins.Sboms;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>The SBOM of a folder pattern's package: it consists of its files.</summary>
internal static class FolderSbom
{
    public static byte[] Of(string package, string version, IEnumerable<PatternFile> files)
    {
        var whole = new SbomComponent("library", package)
        {
            Version = version,
            Purl = PackageUrl.OfNuGet(package, version),
        };
        return SbomDocument.Bytes(whole, files.Select(Component));
    }

    private static SbomComponent Component(PatternFile file)
    {
        using Stream content = file.Open();
        return new("file", file.Path) { Hash = ("SHA-256", Convert.ToHexStringLower(SHA256.HashData(content))) };
    }
}
