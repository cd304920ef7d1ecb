using System.IO.Compression;
using System.Security.Cryptography;
using NuGet.Packaging;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Tests.Plugins.FolderPatterns;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

public sealed class PatternPackagerTests
{
    private readonly DirectoryInfo _target = Directory.CreateTempSubdirectory("tfc-pack-");

    [OneTimeTearDown]
    public void Remove() => _target.Delete(recursive: true);

    [Test]
    public void The_package_says_what_it_is_and_holds_the_pattern_alone()
    {
        using PatternFolder folder = Full();

        string path = PatternPackager.Pack(Request(folder)).Package;

        Assert.That(Path.GetFileName(path), Is.EqualTo("TfgridPattern.Small.1.0.0.nupkg"));
        using var package = new PackageArchiveReader(path);
        Assert.That(package.NuspecReader.GetPackageTypes().Select(type => type.Name), Is.EqualTo(["TfgridComposePattern"]));
        Assert.That(
            (package.NuspecReader.GetDescription(), package.NuspecReader.GetAuthors(), package.GetPackageDependencies().Any()),
            Is.EqualTo(("One small machine.", "small", false)));
        Assert.That(package.GetFiles().Where(file => file.StartsWith("pattern/", StringComparison.Ordinal)), Is.EquivalentTo([
            "pattern/pattern.yaml", "pattern/README.md", "pattern/infrastructure/main.tf",
            "pattern/infrastructure/outputs.tf", "pattern/platform/site.yml", "pattern/sbom.cdx.json",
        ]));
    }

    [Test]
    public void The_packages_SBOM_names_each_of_its_files_with_its_hash()
    {
        using PatternFolder folder = Full();
        using ZipArchive archive = ZipFile.OpenRead(PatternPackager.Pack(Request(folder)).Package);

        var sbom = Sbom.Read(archive.GetEntry("pattern/sbom.cdx.json")!.Open());

        Assert.That(
            (sbom.Whole.Name, sbom.Whole.Version, sbom.Whole.Purl),
            Is.EqualTo(("TfgridPattern.Small", "1.0.0", "pkg:nuget/TfgridPattern.Small@1.0.0")));
        Assert.That(sbom.Parts.Select(part => (part.Name, part.Digits)), Is.EqualTo(
            archive.Entries
                .Where(entry => entry.FullName.StartsWith("pattern/", StringComparison.Ordinal)
                    && entry.Name != "sbom.cdx.json")
                .Select(entry => (entry.FullName["pattern/".Length..], Sha256(entry)))));
    }

    [Test]
    public void What_was_packed_is_a_pattern_again()
    {
        using PatternFolder folder = Full();
        string unpacked = _target.CreateSubdirectory("unpacked").FullName;

        ZipFile.ExtractToDirectory(PatternPackager.Pack(Request(folder)).Package, unpacked);

        PatternCatalogEntry entry = PluginCatalog.Open(Path.Combine(unpacked, "pattern"));
        Assert.That(entry.Problem, Is.Null);
        Assert.That(PatternHost.Load(entry).Files, Has.Count.EqualTo(3));
    }

    [Test]
    public void The_same_content_gives_the_same_bytes()
    {
        using PatternFolder folder = Full();
        byte[] first = File.ReadAllBytes(PatternPackager.Pack(Request(folder)).Package);
        foreach (string file in Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        string package = PatternPackager.Pack(Request(folder)).Package;

        Assert.That(File.ReadAllBytes(package), Is.EqualTo(first));
        using ZipArchive archive = ZipFile.OpenRead(package);
        Assert.That(
            archive.Entries.Select(entry => entry.LastWriteTime.DateTime),
            Is.Not.Empty.And.All.EqualTo(new DateTime(1980, 1, 1)),
            "neither the time of packing nor the files' own");
    }

    [Test]
    public void Id_and_author_are_the_users_to_choose()
    {
        using PatternFolder folder = Full();

        string path = PatternPackager.Pack(Request(folder) with { PackageId = "Acme.Small", Author = "Ann" }).Package;

        using var package = new PackageArchiveReader(path);
        Assert.That((package.NuspecReader.GetId(), package.NuspecReader.GetAuthors()), Is.EqualTo(("Acme.Small", "Ann")));
    }

    [TestCase("a-b", "TfgridPattern.AB")]
    [TestCase("web-server2", "TfgridPattern.WebServer2")]
    public void The_id_is_made_of_the_name(string name, string id) => Assert.That(PatternPackager.DefaultId(name), Is.EqualTo(id));

    [Test]
    public void A_pattern_with_a_problem_is_not_packed()
    {
        using PatternFolder folder = Full();
        folder.Write("infrastructure/outputs.tf", "");

        Assert.That(Codes(Request(folder)), Is.EqualTo(Enumerable.Repeat(FolderPatternCodes.OutputMissing, 4)));
        Assert.That(_target.GetFiles("*.tmp"), Is.Empty);
    }

    [Test]
    public void A_package_that_cannot_be_written_leaves_nothing_half_written()
    {
        using PatternFolder folder = Full();
        DirectoryInfo target = _target.CreateSubdirectory("occupied");
        target.CreateSubdirectory("TfgridPattern.Small.1.0.0.nupkg");

        Assert.That(Codes(Request(folder) with { Target = target.FullName }), Is.EqualTo([FolderPatternCodes.NotPackable]));
        Assert.That(target.GetFiles(), Is.Empty);
    }

    [Test]
    public void A_version_or_id_that_a_package_cannot_have_is_refused()
    {
        using PatternFolder folder = Full();
        folder.Write("pattern.yaml", PatternFolder.Minimal.Replace("1.0.0", "new", StringComparison.Ordinal));

        Assert.That(Codes(Request(folder)), Is.EqualTo([FolderPatternCodes.NotPackable]));
        Assert.That(Codes(Request(folder) with { PackageId = "a/b" }), Is.EqualTo([FolderPatternCodes.NotPackable]));
    }

    [Test]
    public void A_folder_without_a_pattern_is_refused() =>
        Assert.That(
            Codes(new PackRequest { Folder = _target.FullName, Target = _target.FullName }),
            Is.EqualTo([FolderPatternCodes.NotPackable]));

    private static string Sha256(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static PatternFolder Full()
    {
        var folder = new PatternFolder();
        folder.Write("README.md", "# small\n");
        folder.Write("notes.txt", "not for others\n");
        folder.Write("platform/site.yml", "[]\n");
        folder.Write("infrastructure/terraform.tfstate", "{}");
        return folder;
    }

    private static IEnumerable<string> Codes(PackRequest request)
    {
        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => PatternPackager.Pack(request))!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Pattern));
        return failure.Diagnostics.Select(problem => problem.Code);
    }

    private PackRequest Request(PatternFolder folder) => new() { Folder = folder.Root, Target = _target.FullName };
}
