using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternPinTests : IDisposable
{
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase(null, null)]
    [TestCase(TestPackage.Id, null)]
    [TestCase("ACME.pattern.good", "1.5")]
    [TestCase(null, "1.5.0")]
    [TestCase(null, "[1.2,2.0)")]
    public async Task A_pin_that_the_installed_package_fits_lets_it_through(string? package, string? version)
    {
        await InstallAsync();

        Assert.That(Require(package, version).Folder, Is.EqualTo(_lab.Place));
    }

    [TestCase("1.4", "--version 1.4")]
    [TestCase("[2.0,3.0)", "--version '[2.0,3.0)'")]
    public async Task Another_version_is_an_error_that_names_both_and_the_command(string version, string command)
    {
        await InstallAsync();

        Diagnostic problem = Refused(package: null, version);

        Assert.That(problem.Code, Is.EqualTo(PackageCodes.OtherVersion));
        Assert.That(problem.Message, Does.Contain("1.5.0").And.Contain(version));
        Assert.That(problem.Remedy, Is.EqualTo($"tfgrid-compose patterns install {TestPackage.Id} {command}"));
    }

    [Test]
    public async Task A_pattern_of_another_package_is_an_error()
    {
        await InstallAsync();

        Assert.That(Refused("Other.Package", null).Message, Does.Contain(TestPackage.Id).And.Contain("Other.Package"));
    }

    [Test]
    public void A_pattern_that_is_not_there_is_an_error_with_the_command()
    {
        Diagnostic problem = Refused(TestPackage.Id, "1.5.0");

        Assert.That(
            (problem.Code, problem.Remedy),
            Is.EqualTo((PackageCodes.NotInstalled, $"tfgrid-compose patterns install {TestPackage.Id} --version 1.5.0")));
    }

    [TestCase("x;touch /tmp/pwned")]
    [TestCase("$(id)")]
    public void A_strangers_package_is_one_word_of_the_command(string package) =>
        Assert.That(Refused(package, "[1.0,2.0)").Remedy, Is.EqualTo($"tfgrid-compose patterns install '{package}' --version '[1.0,2.0)'"));

    [Test]
    public void A_strangers_version_is_none_before_it_is_in_a_command() =>
        Assert.That(
            Refused(TestPackage.Id, "1.0'; touch /tmp/pwned; '\u001b[2J"),
            Has.Property("Code").EqualTo(PackageCodes.BadVersion).And.Property("Message").Contains("?[2J"));

    [Test]
    public void A_pattern_that_is_not_there_and_has_no_package_is_unknown() =>
        Assert.That(Refused(null, "1.5.0").Code, Is.EqualTo(PatternCodes.UnknownPattern));

    [Test]
    public void A_built_in_pattern_is_held_against_its_own_version()
    {
        _lab.CopyByHand(_lab.BuiltInRoot);

        Assert.That(Require(TestPackage.Id, "1.2.3").BuiltIn);
        Assert.That(Refused(TestPackage.Id, "1.2.4").Remedy, Does.Contain("pattern.version to 1.2.3"));
    }

    [Test]
    public void A_plugin_that_was_copied_by_hand_is_held_against_its_own_version()
    {
        _lab.CopyByHand(_lab.Home.Plugins);

        Assert.That(Require(null, "[1.2,1.3)").Name, Is.EqualTo("good"));
        Assert.That(Refused(null, "2.0").Remedy, Does.Contain(_lab.Place));
    }

    [Test]
    public async Task A_pin_that_is_no_version_is_a_usage_error_at_its_place()
    {
        await InstallAsync();

        Diagnostic problem = Refused(null, "newest");

        Assert.That((problem.Code, problem.Location), Is.EqualTo((PackageCodes.BadVersion, new SourceLocation("m.yaml", 1, 1))));
    }

    private async Task InstallAsync()
    {
        _lab.Publish("1.5.0");
        await _lab.InstallAsync();
    }

    private PatternCatalogEntry Require(string? package, string? version) => PatternPin.Require(
        PluginCatalog.Scan(_lab.Here.PluginRoots), new PatternReference
        {
            Name = "good",
            Package = package,
            Version = version,
            Location = new SourceLocation("m.yaml", 1, 1),
        }, _lab.Home);

    private Diagnostic Refused(string? package, string? version) =>
        PackageLab.Problem(() => Task.FromResult(Require(package, version))).Diagnostics.Single();
}
