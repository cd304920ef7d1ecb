using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tests.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

public sealed class MetadataCheckTests
{
    private static readonly PatternCatalogEntry Good = PluginCatalog.Open(PluginFolders.StagedFolder("good"));

    [TestCase("1.0.0", true)]
    [TestCase("10.20.30-rc.1+build.5", true)]
    [TestCase("1.0", false)]
    [TestCase("v1.0.0", false)]
    [TestCase("01.0.0", false)]
    [TestCase("1.0.0\n", false)]
    public void The_version_is_semantic(string version, bool accepted)
    {
        PatternCatalogEntry entry = With(Good.Descriptor! with { Version = version });

        Assert.That(Findings(entry, null), accepted ? Is.Empty : Has.One.Contains("is not semantic"));
    }

    [Test]
    public void The_name_of_another_built_in_pattern_is_taken()
    {
        PatternCatalogEntry builtIn = new()
        {
            Folder = "/product/plugins/good",
            BuiltIn = true,
            Descriptor = Good.Descriptor! with { Sha256 = new string('0', 64) },
        };

        Assert.That(Findings(Good, builtIn), Has.One.Contains("that of a built-in pattern"));
    }

    [Test]
    public void The_same_build_elsewhere_is_the_pattern_itself() =>
        Assert.That(Findings(Good, new() { Folder = "/product/plugins/good", BuiltIn = true, Descriptor = Good.Descriptor }), Is.Empty);

    private static IEnumerable<string> Findings(PatternCatalogEntry entry, PatternCatalogEntry? found) =>
        MetadataCheck.Of(entry, PatternHost.Load(Good), found).Select(finding => finding.Problem);

    private static PatternCatalogEntry With(PluginDescriptor descriptor) =>
        new() { Folder = Good.Folder, BuiltIn = false, Descriptor = descriptor };
}
