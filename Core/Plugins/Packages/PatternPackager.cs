using System.IO.Compression;
using System.Text;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Plugins.Sboms;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Packs a folder pattern as a NuGet package, after the same checks as in <c>up</c>. The same folder always gives the
/// same bytes.
/// </summary>
public static class PatternPackager
{
    private const string Relations = "_rels/.rels";
    private const string ContentFolder = "pattern";
    private static readonly string[] Besides = ["README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"];

    // The earliest time of a ZIP entry.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The package's path and warnings for the author. Throws <see cref="DiagnosticException"/>.</summary>
    public static (string Package, IReadOnlyList<Diagnostic> Warnings) Pack(PackRequest request)
    {
        PatternCatalogEntry entry = EntryOf(request.Folder);
        PackageBuilder package = Described(request, entry, PatternHost.Load(entry));
        string path = Path.Combine(request.Target, $"{package.Id}.{package.Version?.ToNormalizedString()}.nupkg");
        try
        {
            Directory.CreateDirectory(request.Target);
            Write(package, path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw NotPackable($"{path} cannot be written: {refused.Message}", "name another folder with --to");
        }

        return (path, entry.Warnings);
    }

    /// <summary><c>my-pattern</c> becomes <c>TfgridPattern.MyPattern</c>.</summary>
    public static string DefaultId(string pattern) =>
        "TfgridPattern."
            + string.Concat(pattern.Split('-', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static PatternCatalogEntry EntryOf(string folder)
    {
        PatternCatalogEntry entry = PluginCatalog.Open(folder);
        return entry.Kind == PatternKind.Folder ? entry : throw NotPackable(
            $"{folder} is not a folder pattern: it has no {PatternYaml.FileName}.",
            entry.Descriptor is null
                ? "name the folder that contains it; docs/folder-patterns.md has an example"
                : "pack a pattern that is an assembly with `dotnet pack`");
    }

    private static PackageBuilder Described(PackRequest request, PatternCatalogEntry entry, IPattern pattern)
    {
        string version = entry.Descriptor?.Version ?? "";
        string id = request.PackageId ?? DefaultId(entry.Name);
        if (!PackageIdValidator.IsValidPackageId(id))
        {
            throw NotPackable(
                $"'{id}' cannot be a package's id.",
                "use at most 100 letters, digits, '.', '-' and '_': --package-id Acme.Patterns.Web");
        }

        if (!NuGetVersion.TryParse(version, out NuGetVersion? semantic))
        {
            throw NotPackable(
                $"The pattern's version '{version}' is not a semantic version.",
                $"write one like 1.2.0 in {entry.DescriptorPath}");
        }

        var package = new PackageBuilder
        {
            Id = id,
            Version = semantic,
            Description = entry.Descriptor?.Description is { Length: > 0 } description
                ? description
                : $"The pattern {entry.Name} for tfgrid-compose.",
            PackageTypes = [new PackageType(PatternPackage.PackageType, PackageType.EmptyVersion)],
        };
        package.Authors.Add(request.Author ?? entry.Definition.Author ?? entry.Name);
        package.Tags.Add("tfgrid-compose");
        PatternFile[] files = [.. pattern.Files.Concat(FilesBeside(entry.Folder))];
        byte[] sbom = FolderSbom.Of(id, semantic.ToNormalizedString(), files);
        foreach (PatternFile file in files.Append(new(SbomDocument.FileName, () => new MemoryStream(sbom))))
        {
            package.Files.Add(new PackedFile($"{ContentFolder}/{file.Path}", file.Open));
        }

        return package;
    }

    private static IEnumerable<PatternFile> FilesBeside(string folder) => Besides
        .Prepend(PatternYaml.FileName)
        .Where(name => File.Exists(Path.Combine(folder, name)))
        .Select(name => new PatternFile(name, () => PlainFile.Open(Path.Combine(folder, name))));

    private static void Write(PackageBuilder package, string path)
    {
        using var raw = new MemoryStream();
        package.Save(raw);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (FileStream output = File.Create(temporary))
            {
                CopyReproducibly(raw, output, $"{package.Id}.nuspec");
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // The builder gives entries the current time, and adds properties with a random name and this machine's version,
    // which nothing reads.
    private static void CopyReproducibly(Stream raw, Stream output, string nuspec)
    {
        using var source = new ZipArchive(raw, ZipArchiveMode.Read);
        using var target = new ZipArchive(output, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in source.Entries.Where(entry => !IsMetadata(entry.FullName))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            ZipArchiveEntry copy = target.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = Time;
            using Stream from = entry.FullName == Relations
                ? new MemoryStream(Encoding.UTF8.GetBytes(RelationsTo(nuspec)))
                : entry.Open();
            using Stream to = copy.Open();
            from.CopyTo(to);
        }
    }

    private static bool IsMetadata(string name) =>
        name.StartsWith("package/services/metadata/", StringComparison.Ordinal);

    private static string RelationsTo(string nuspec) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{nuspec}" Id="R1" />
        </Relationships>
        """;

    private static DiagnosticException NotPackable(string message, string remedy) =>
        new(ExitCode.Pattern, FolderPatternCodes.NotPackable, message, remedy);
}
