using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Patterns.Sdk.Tests.Packages;

/// <summary>The packages that <c>dotnet pack</c> makes of a pattern and of the SDK.</summary>
[Category("Slow")]
public sealed class PackageTests
{
    [Test]
    public void A_patterns_package_contains_everything_that_it_needs()
    {
        string package = PackedSdk.Pack("good");

        Assert.That(PackedSdk.Entries(package).Where(entry => entry.StartsWith("pattern/", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "pattern/README.md",
            "pattern/YamlDotNet.dll",
            "pattern/good.deps.json",
            "pattern/good.dll",
            "pattern/good.runtimeconfig.json",
            "pattern/plugin.json",
            "pattern/runtimes/linux-arm64/native/libfake.so",
            "pattern/runtimes/linux-x64/native/libfake.so",
            "pattern/sbom.cdx.json",
        }));
        Assert.That(PackedSdk.Entries(package), Does.Contain("README.md"));
        Assert.That(Read(package, "pattern/runtimes/linux-arm64/native/libfake.so"), Is.EqualTo("for arm64"));
        AssertMetadata(PackedSdk.Metadata(package));
    }

    [Test]
    public void A_package_has_the_version_of_its_descriptor()
    {
        string package = PackedSdk.Pack("described");
        using var descriptor = JsonDocument.Parse(Read(package, "pattern/plugin.json"));

        Assert.That(Element(PackedSdk.Metadata(package), "version"), Is.EqualTo("2.1.0-beta.3"));
        Assert.That(descriptor.RootElement.GetProperty("version").GetString(), Is.EqualTo("2.1.0-beta.3"));
        Assert.That(
            Element(PackedSdk.Metadata(package), "description"),
            Is.EqualTo(descriptor.RootElement.GetProperty("description").GetString()));
    }

    [Test]
    public void The_SDKs_package_has_documentation_build_files_and_a_page()
    {
        Assert.That(PackedSdk.Entries(PackedSdk.Package), Is.SupersetOf(new[]
        {
            "README.md",
            "build/TfgridCompose.Pattern.targets",
            "build/TfgridCompose.Patterns.Sdk.props",
            "build/TfgridCompose.Patterns.Sdk.targets",
            "lib/net10.0/TfgridCompose.Patterns.Sdk.dll",
            "lib/net10.0/TfgridCompose.Patterns.Sdk.xml",
            "tools/DescriptorWriter/TfgridCompose.DescriptorWriter.dll",
            "tools/DescriptorWriter/TfgridCompose.DescriptorWriter.runtimeconfig.json",
            "tools/DescriptorWriter/TfgridCompose.Patterns.Sdk.dll",
        }));

        XElement metadata = PackedSdk.Metadata(PackedSdk.Package);
        Assert.That(Element(metadata, "license") + Element(metadata, "readme"), Is.EqualTo("Apache-2.0README.md"));
        Assert.That(Element(metadata, "tags").Split(' '), Does.Contain("tfgrid-compose-pattern"));
        IEnumerable<XElement> dependencies = metadata.Descendants().Where(element => element.Name.LocalName == "dependency");
        Assert.That(
            dependencies.Select(element => (string?)element.Attribute("id")),
            Is.EqualTo(new[] { "System.Composition.AttributedModel" }));
    }

    [Test]
    public void A_package_has_an_SBOM_of_the_packages_in_it()
    {
        string package = PackedSdk.Pack("good");
        string text = Read(package, "pattern/sbom.cdx.json");

        var sbom = Sbom.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.That((sbom.Whole.Name, sbom.Whole.Purl), Is.EqualTo(("good", "pkg:nuget/good@1.0.0")));
        Assert.That(sbom.Whole.Digits, Is.EqualTo(Sha256(package, "pattern/good.dll")));
        Assert.That(sbom.Parts.Select(part => part.Purl), Is.EqualTo(["pkg:nuget/Fake.Native@1.0.0", "pkg:nuget/YamlDotNet@18.1.0"]));
        Assert.That((sbom.Part("YamlDotNet").License, sbom.Part("Fake.Native").License), Is.EqualTo(("MIT", (string?)null)));
        Assert.That(sbom.Part("YamlDotNet").Digits, Has.Length.EqualTo(128));
        Assert.That(Read(PackedSdk.Pack("good"), "pattern/sbom.cdx.json"), Is.EqualTo(text), "packed again");
    }

    private static void AssertMetadata(XElement metadata)
    {
        Assert.That(
            metadata.Descendants()
                .Where(element => element.Name.LocalName == "packageType")
                .Select(element => (string?)element.Attribute("name")),
            Is.EqualTo(new[] { "TfgridComposePattern" }));
        Assert.That(metadata.Descendants().Where(element => element.Name.LocalName == "dependency"), Is.Empty);
        Assert.That(Element(metadata, "tags"), Does.Contain("tfgrid-compose-pattern"));
        Assert.That(Element(metadata, "readme"), Is.EqualTo("README.md"));
    }

    private static string Element(XElement metadata, string name) =>
        metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static string Sha256(string package, string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream content = archive.GetEntry(entry)!.Open();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string Read(string package, string entry)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using var reader = new StreamReader(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
