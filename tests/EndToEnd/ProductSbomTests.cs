using System.Security.Cryptography;
using TfgridCompose.EndToEnd.Tests.Support;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>The SBOM of the published product.</summary>
public sealed class ProductSbomTests
{
    private readonly Sbom _sbom = Sbom.Read(File.OpenRead(Path.Combine(Product.Folder, "sbom.cdx.json")));

    [Test]
    public void It_names_every_assembly_and_the_native_program_with_their_hashes()
    {
        Assert.That((_sbom.Whole.Type, _sbom.Whole.Name), Is.EqualTo(("application", "tfgrid-compose")));
        Assert.That(_sbom.Whole.Digits, Is.EqualTo(Sha256("tfgrid-compose.dll")));
        Assert.That(_sbom.Part("TfgridCompose.Core").Digits, Is.EqualTo(Sha256("TfgridCompose.Core.dll")));
        Assert.That(_sbom.Part("tfgrid-localgrid").Digits, Is.EqualTo(Sha256("localgrid/tfgrid-localgrid")));
        string[] named = [.. _sbom.Parts.Select(part => part.Name).Append(_sbom.Whole.Name)];
        Assert.That(OurAssemblies(), Is.Not.Empty.And.SubsetOf(named));
    }

    [Test]
    public void Every_package_has_version_hash_and_licence()
    {
        SbomPart[] packages = [.. _sbom.Parts.Where(part => part.Purl is not null)];

        Assert.That(
            packages.Select(part => part.Name),
            Is.SupersetOf(["YamlDotNet", "NuGet.Protocol", "Spectre.Console", "Google.Protobuf"]));
        Assert.That(packages.Where(part => part.Version is null || part.License is null || part.Digits is null), Is.Empty);
    }

    // A package that only builds or tests use is not shipped.
    [Test]
    public void What_is_not_shipped_is_not_named() =>
        Assert.That(
            _sbom.Parts.Select(part => part.Name),
            Has.None.Contains("Analyzers")
                .And.None.EndsWith(".Reference")
                .And.None.EqualTo("NUnit")
                .And.None.EqualTo("Grpc.Tools"));

    private static IEnumerable<string> OurAssemblies() => Directory
        .GetFiles(Product.Folder, "TfgridCompose.*.dll", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file));

    private static string Sha256(string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Product.Folder, file))));
}
