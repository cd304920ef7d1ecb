using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageSourceTests : IDisposable
{
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_pattern_is_installed_from_a_v3_feed()
    {
        using var feed = new LoopbackFeed();
        feed.Add("1.0.0", new TestPackage().Bytes());
        feed.Add("1.1.0", new TestPackage(version: "1.1.0").Bytes());

        InstalledPattern installed = await _lab.InstallAsync(source: feed.Index);

        Assert.That((installed.Entry.Version, installed.Entry.Source), Is.EqualTo(("1.1.0", feed.Index)));
    }

    [Test]
    public async Task A_withdrawn_version_is_installed_only_where_it_is_named()
    {
        using var feed = new LoopbackFeed { SaysWhatIsWithdrawn = true };
        feed.Add("1.0.0", new TestPackage().Bytes());
        feed.Add("1.1.0", new TestPackage(version: "1.1.0").Bytes());
        feed.Withdraw("1.1.0");

        Assert.That((await _lab.InstallAsync(source: feed.Index)).Entry.Version, Is.EqualTo("1.0.0"));
        Assert.That((await _lab.InstallAsync("1.1.0", feed.Index)).Entry.Version, Is.EqualTo("1.1.0"));
    }

    [Test]
    public async Task A_sources_name_brings_its_address_and_credentials_from_the_NuGet_configuration()
    {
        using var feed = new LoopbackFeed { Authorization = $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("ann:secret"))}" };
        feed.Add("1.0.0", new TestPackage().Bytes());
        _lab.WriteNuGetConfig(
            $"<add key=\"acme\" value=\"{feed.Index}\" />",
            "<packageSourceCredentials><acme><add key=\"Username\" value=\"ann\" /><add key=\"ClearTextPassword\" value=\"secret\" "
                + "/></acme></packageSourceCredentials>");

        InstalledPattern installed = await _lab.InstallAsync(source: "ACME");

        Assert.That(installed.Entry.Source, Is.EqualTo(feed.Index));
        Assert.That(File.ReadAllText(_lab.Home.PatternsLock), Does.Not.Contain("secret"));
        Assert.That(await _lab.UpdateAsync(), Is.Null, "the recorded address finds the credentials again");
    }

    [Test]
    public void A_feed_that_refuses_is_named_with_its_reason()
    {
        using var feed = new LoopbackFeed { Authorization = "Basic x" };

        Assert.That(_lab.Refused(PackageCodes.SourceFailed, source: feed.Index).Message, Does.Contain(feed.Index).And.Contain("401"));
    }

    [Test]
    public void A_feed_that_is_not_there_is_named()
    {
        string index;
        using (var feed = new LoopbackFeed())
        {
            index = feed.Index;
        }

        Assert.That(_lab.Refused(PackageCodes.SourceFailed, source: index).Message, Does.Contain(index));
    }

    [Test]
    public void A_version_that_a_feed_lists_and_does_not_have_is_named()
    {
        using var feed = new LoopbackFeed();
        feed.Add("1.0.0", content: null);

        Diagnostic problem = _lab.Refused(PackageCodes.NotFound, source: feed.Index).Diagnostics.Single();

        Assert.That(
            (problem.Message, problem.Remedy),
            Is.EqualTo((
                $"{feed.Index} lists {TestPackage.Id} 1.0.0 but does not have it.",
                "try again, or install another version")));
    }

    [Test]
    public async Task Without_a_source_the_enabled_ones_of_the_NuGet_configuration_are_asked()
    {
        _lab.Publish();
        _lab.WriteNuGetConfig(
            $"<add key=\"here\" value=\"{_lab.Feed}\" /><add key=\"off\" value=\"{_lab.Root}/nowhere\" />",
            "<disabledPackageSources><add key=\"off\" value=\"true\" /></disabledPackageSources>");

        Assert.That((await InstallAsync()).Entry.Source, Is.EqualTo(_lab.Feed));
    }

    [Test]
    public void Without_any_source_the_remedy_says_how_to_name_one()
    {
        DiagnosticException problem = PackageLab.Problem(InstallAsync);

        Assert.That((problem.Diagnostics[0].Code, problem.ExitCode), Is.EqualTo((PackageCodes.BadSource, ExitCode.Usage)));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("--source").And.Contain("patterns.sources"));
    }

    [Test]
    public async Task The_users_configured_sources_go_before_NuGets()
    {
        _lab.Publish();
        _lab.WriteNuGetConfig($"<add key=\"elsewhere\" value=\"{_lab.Root}/nowhere\" />");
        _lab.Config = new UserConfig(Grid: null, []) { PatternSources = ["../feed"] };

        Assert.That((await InstallAsync()).Entry.Source, Is.EqualTo(_lab.Feed), "relative to the configuration's folder");
    }

    [Test]
    public async Task Of_several_sources_the_one_that_has_the_package_is_used()
    {
        _lab.Publish("1.0.0");
        _lab.Publish("1.5.0");
        _lab.Config = new UserConfig(Grid: null, []) { PatternSources = [_lab.State.Folder("other"), _lab.Feed] };

        LockedPattern installed = (await InstallAsync()).Entry;

        Assert.That((installed.Source, installed.Version), Is.EqualTo((_lab.Feed, "1.5.0")));
    }

    [Test]
    public void A_source_that_fails_is_not_passed_over_for_another()
    {
        _lab.Publish();
        _lab.Config = new UserConfig(Grid: null, []) { PatternSources = [_lab.Feed, "http://127.0.0.1:9/index.json"] };

        Assert.That(PackageLab.Problem(InstallAsync).Diagnostics[0].Code, Is.EqualTo(PackageCodes.SourceFailed));
    }

    [Test]
    public void A_source_that_never_answers_meets_the_time_limit()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        _lab.Limits = new PackageLimits { Download = TimeSpan.FromSeconds(1) };

        string message = _lab.Refused(
            PackageCodes.SourceFailed,
            source: $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/index.json").Message;

        Assert.That(message, Does.Contain("did not deliver"));
    }

    [TestCase("<configuration><packageSources>", "nuget.config")]
    [TestCase("<configuration><packageSources><add key=\"a\" /></packageSources></configuration>", "value")]
    public void A_NuGet_configuration_that_cannot_be_read_is_named(string content, string said)
    {
        File.WriteAllText(Path.Combine(_lab.Root, "nuget.config"), content);

        Assert.That(_lab.Refused(PackageCodes.BadSource).Message, Does.Contain("NuGet configuration").And.Contain(said));
    }

    [Test]
    public void What_a_cancelled_question_ends_with_is_a_cancellation()
    {
        _lab.Publish();
        using var stop = new CancellationTokenSource();
        using var target = new StoppingStream(stop);
        var feed = new PackageFeed(new NuGet.Configuration.PackageSource(_lab.Feed));

        Assert.That(
            async () => await feed.CopyAsync(
                TestPackage.Id,
                new NuGet.Versioning.NuGetVersion("1.0.0"),
                target,
                stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stop.IsCancellationRequested);
    }

    private Task<InstalledPattern> InstallAsync() =>
        _lab.Installer.InstallAsync(new InstallRequest { Package = TestPackage.Id }, CancellationToken.None);
}
