using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Manifests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternReferenceTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [TestCase("./mine", "mine")]
    [TestCase("../mine", "../mine")]
    [TestCase(".", ".")]
    [TestCase("patterns/mine", "patterns/mine")]
    [TestCase("/srv/mine", "/srv/mine")]
    [TestCase("{path: ./mine}", "mine")]
    [TestCase("{path: mine}", "mine")]
    public void A_path_names_a_folder_from_the_apps_own(string pattern, string folder)
    {
        LoadedManifest loaded = _app.Load($"name: a\npattern: {pattern}\n");

        Assert.That(loaded.Manifest.Pattern.Folder, Is.EqualTo(Path.GetFullPath(Path.Combine(_app.Folder, folder))));
        Assert.That(loaded.Warnings, Is.Empty);
    }

    [TestCase("{path: ./mine, version: \"2.0\"}", "TFC0234 2:25")]
    [TestCase("{package: Acme.Mine, name: ./mine}", "TFC0234 2:11")]
    public void A_pin_of_a_folder_is_a_warning(string pattern, string warning) =>
        Assert.That(_app.Problems($"name: a\npattern: {pattern}\n"), Is.EqualTo(new[] { warning }));

    [Test]
    public void A_name_names_none() => Assert.That(_app.Load("name: a\npattern: mine\n").Manifest.Pattern.Folder, Is.Null);

    [TestCase("Acme.Pattern-1.Wiki_2", true)]
    [TestCase("'x;touch /tmp/pwned'", false)]
    [TestCase("../x", false)]
    [TestCase("'a..b'", false)]
    [TestCase("\"a\\e[2J\"", false)]
    public void A_package_that_cannot_be_one_is_an_error_of_the_manifest(string package, bool valid)
    {
        Action load = () => _app.Load($"name: a\npattern: {{name: mine, package: {package}}}\n");

        if (valid)
        {
            Assert.That(load, Throws.Nothing);
        }
        else
        {
            Diagnostic problem = Assert.Throws<DiagnosticException>(load)!.Diagnostics.Single();
            Assert.That((problem.Code, problem.Location!.Line), Is.EqualTo((ManifestCodes.PatternInvalid, 2)));
        }
    }

    [TestCase("./mine", new[] { "tmp/app-source/index.html", "tmp/app-source/other/pattern.yaml", "tmp/app-source/tfgrid-compose.yaml" })]
    [TestCase("./other", new[] { "tmp/app-source/index.html", "tmp/app-source/mine/main.tf", "tmp/app-source/tfgrid-compose.yaml" })]
    [TestCase(
        ".",
        new[]
        {
            "tmp/app-source/index.html",
            "tmp/app-source/mine/main.tf",
            "tmp/app-source/other/pattern.yaml",
            "tmp/app-source/tfgrid-compose.yaml",
        })]
    public void The_apps_own_pattern_does_not_travel(string pattern, string[] expected)
    {
        _app.File("index.html");
        _app.File("mine/main.tf");
        _app.File("other/pattern.yaml");

        Manifest manifest = _app.Load($"name: a\npattern: {pattern}\n").Manifest;

        Assert.That(AppFiles.Of(manifest).Files.Select(file => file.HostPath), Is.EqualTo(expected));
    }
}
