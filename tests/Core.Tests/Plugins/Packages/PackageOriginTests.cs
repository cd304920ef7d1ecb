using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>Which of several sources a package comes from: none can slip in a package of the same id.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageOriginTests : IDisposable
{
    private readonly PackageLab _lab = new();
    private readonly string _stranger;

    public PackageOriginTests()
    {
        _stranger = _lab.State.Folder("stranger");
        _lab.Publish("1.0.0");
        File.WriteAllBytes(Path.Combine(_stranger, $"{TestPackage.Id}.99.0.0.nupkg"), new TestPackage(version: "99.0.0").Bytes());
    }

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_package_that_several_sources_have_is_refused_until_one_is_named()
    {
        WriteSources();

        DiagnosticException problem = PackageLab.Problem(() => InstallAsync());

        Assert.That(
            (problem.Diagnostics[0].Code, problem.ExitCode), Is.EqualTo((PackageCodes.SeveralSources, ExitCode.Pattern)));
        Assert.That(problem.Message, Does.Contain(_lab.Feed).And.Contain(_stranger));
        Assert.That((await InstallAsync("mine")).Entry.Source, Is.EqualTo(_lab.Feed));
    }

    [Test]
    public void So_it_is_for_the_users_own_list_of_sources()
    {
        _lab.Config = new UserConfig(Grid: null, []) { PatternSources = [_lab.Feed, _stranger] };

        Assert.That(PackageLab.Problem(() => InstallAsync()).Diagnostics[0].Code, Is.EqualTo(PackageCodes.SeveralSources));
    }

    [Test]
    public async Task An_installed_package_stays_with_its_source()
    {
        WriteSources();
        await InstallAsync("mine");
        _lab.Publish("1.1.0");

        Assert.That((await InstallAsync()).Entry.Version, Is.EqualTo("1.1.0"));
        Assert.That(await _lab.UpdateAsync(), Is.Null);
        Assert.That((await InstallAsync("stranger")).Entry.Version, Is.EqualTo("99.0.0"), "the user's word goes first");
        Assert.That(_lab.Locked?.Source, Is.EqualTo(_stranger));
    }

    [TestCase("Acme.*")]
    [TestCase(TestPackage.Id)]
    public async Task NuGets_mapping_decides_which_source_is_asked(string pattern)
    {
        WriteSources(Mapped("mine", pattern) + Mapped("stranger", "*"));

        Assert.That((await InstallAsync()).Entry.Source, Is.EqualTo(_lab.Feed));
    }

    [Test]
    public void A_package_that_is_mapped_to_no_source_is_refused()
    {
        WriteSources(Mapped("mine", "Other.*"));

        Diagnostic problem = PackageLab.Problem(() => InstallAsync()).Diagnostics[0];

        Assert.That((problem.Code, problem.Message), Is.EqualTo((
            PackageCodes.SourceNotMapped,
            $"The packageSourceMapping in the NuGet configuration maps {TestPackage.Id} to none of these sources: mine, stranger.")));
        Assert.That(problem.Remedy, Does.Contain("--source"));
    }

    // A source that only config.yaml names has no name that a mapping could use; it is as explicit as --source.
    [Test]
    public async Task A_mapping_does_not_touch_sources_that_it_cannot_name()
    {
        string unnamed = _lab.State.Folder("unnamed");
        File.WriteAllBytes(Path.Combine(unnamed, $"{TestPackage.Id}.1.0.0.nupkg"), new TestPackage().Bytes());
        WriteSources(Mapped("mine", "*"));
        _lab.Config = new UserConfig(Grid: null, []) { PatternSources = [unnamed] };

        Assert.That((await InstallAsync()).Entry.Source, Is.EqualTo(unnamed));
    }

    [Test]
    public async Task A_source_that_is_gone_is_said_and_another_one_can_be_named()
    {
        string former = _lab.State.Folder("former");
        File.WriteAllBytes(Path.Combine(former, $"{TestPackage.Id}.1.0.0.nupkg"), new TestPackage().Bytes());
        WriteSources();
        await InstallAsync(former);
        Directory.Delete(former, recursive: true);

        DiagnosticException problem = PackageLab.Problem(() => InstallAsync());

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Pattern, PackageCodes.BadSource)));
        Assert.That(problem.Message, Does.Contain($"{TestPackage.Id} was installed from {former}, which is gone."));
        Assert.That(
            problem.Diagnostics[0].Remedy, Does.Contain($"`tfgrid-compose patterns install {TestPackage.Id} --source FEED`"));
        Assert.That(PackageLab.Problem(() => _lab.UpdateAsync()).ExitCode, Is.EqualTo(ExitCode.Pattern), "`update --all` goes on");
        Assert.That((await InstallAsync("mine")).Entry.Source, Is.EqualTo(_lab.Feed));
    }

    [Test]
    public async Task A_mapping_that_came_after_the_installation_holds_for_the_update()
    {
        WriteSources();
        await InstallAsync("stranger");
        WriteSources(Mapped("mine", TestPackage.Id) + Mapped("stranger", "Other.*"));

        DiagnosticException problem = PackageLab.Problem(() => _lab.UpdateAsync());

        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo(PackageCodes.SourceNotMapped));
        Assert.That(problem.Message, Does.Contain("stranger, which it was installed from"));
    }

    [Test]
    public async Task A_mapping_does_not_touch_a_source_that_was_named_for_the_installation()
    {
        string unnamed = _lab.State.Folder("unnamed");
        File.WriteAllBytes(Path.Combine(unnamed, $"{TestPackage.Id}.1.0.0.nupkg"), new TestPackage().Bytes());
        WriteSources(Mapped("mine", "*"));

        Assert.That((await InstallAsync(unnamed)).Entry.Source, Is.EqualTo(unnamed));
        Assert.That(await _lab.UpdateAsync(), Is.Null);
    }

    private static string Mapped(string source, string pattern) =>
        $"<packageSource key=\"{source}\"><package pattern=\"{pattern}\" /></packageSource>";

    private void WriteSources(string mapping = "") => _lab.WriteNuGetConfig(
        $"<add key=\"mine\" value=\"{_lab.Feed}\" /><add key=\"stranger\" value=\"{_stranger}\" />",
        mapping.Length > 0 ? $"<packageSourceMapping>{mapping}</packageSourceMapping>" : "");

    private Task<InstalledPattern> InstallAsync(string? source = null) => _lab.Installer.InstallAsync(
        new InstallRequest { Package = TestPackage.Id, Source = source }, CancellationToken.None);
}
