using System.Text.Json;
using System.Xml.Linq;
using TfgridCompose.Core.Plugins.Sboms;

namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>The folders that restore unpacked packages to: they know each package's hash and licence.</summary>
internal sealed class PackageFolders
{
    private readonly string[] _folders;

    public PackageFolders(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        _folders = [.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }

    /// <summary>The component with its package's hash and licence, if it is a package.</summary>
    public SbomComponent Complete(SbomComponent component)
    {
        string id = component.Name.ToLowerInvariant();
        string version = component.Version?.ToLowerInvariant() ?? "";
        string? folder = component.Purl is null ? null : _folders
            .Select(root => Path.Combine(root, id, version))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, $"{id}.nuspec")));
        return folder is null ? component : Licensed(
            component with { Hash = HashIn(Path.Combine(folder, $"{id}.{version}.nupkg.sha512")) },
            Path.Combine(folder, $"{id}.nuspec"));
    }

    // The hash of the .nupkg, as `sha512sum` prints it. The hash in lock and dependency files leaves out the signature.
    private static (string Algorithm, string Digits)? HashIn(string file) => File.Exists(file)
        ? ("SHA-512", Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(file))))
        : null;

    private static SbomComponent Licensed(SbomComponent component, string nuspec)
    {
        XElement? metadata = Child(XDocument.Load(nuspec).Root, "metadata");
        XElement? license = Child(metadata, "license");
        return (string?)license?.Attribute("type") switch
        {
            "expression" => component with { License = license?.Value.Trim() },
            "file" => component with { LicenseName = $"{license?.Value.Trim()} in the package" },
            _ => component with { LicenseName = Child(metadata, "licenseUrl")?.Value.Trim() },
        };
    }

    private static XElement? Child(XElement? parent, string name) =>
        parent?.Elements().FirstOrDefault(element => element.Name.LocalName == name);
}
