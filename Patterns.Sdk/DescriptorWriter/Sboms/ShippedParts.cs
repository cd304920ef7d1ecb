using TfgridCompose.Core.Plugins.Sboms;

namespace TfgridCompose.DescriptorWriter.Sboms;

/// <summary>Makes an SBOM of the dependency files of what is shipped.</summary>
internal static class ShippedParts
{
    public static byte[] Sbom(SbomArguments arguments)
    {
        var files = new ShippedFiles(arguments.Files);
        var packages = new PackageFolders(arguments.Assets);
        IReadOnlyList<SbomComponent>[] read = [.. arguments.DependencyFiles.Select(Read)];
        SbomComponent[] parts =
        [
            .. read.SelectMany(all => all)
                .GroupBy(part => part.Reference, StringComparer.Ordinal)
                .Select(same => packages.Complete(files.AddHashTo(Merged(same)))),
        ];
        SbomComponent whole = parts[0] with
        {
            Type = "application",
            Needs = [.. parts[0].Needs, .. read.Skip(1).Select(all => all[0].Reference)],
        };
        return SbomDocument.Bytes(Named(whole, arguments.Package), parts.Skip(1));
    }

    private static IReadOnlyList<SbomComponent> Read(string path)
    {
        using var file = new DependencyFile(path);
        return file.Components();
    }

    private static SbomComponent Merged(IGrouping<string, SbomComponent> same) =>
        same.First() with { Needs = [.. same.SelectMany(part => part.Needs)] };

    private static SbomComponent Named(SbomComponent whole, (string Id, string Version)? package) =>
        package is not { } made ? whole : whole with
        {
            Type = "library",
            Name = made.Id,
            Version = made.Version,
            Purl = PackageUrl.OfNuGet(made.Id, made.Version),
        };
}
