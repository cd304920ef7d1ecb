using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Packages;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternRemovalTests : IDisposable
{
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("good")]
    [TestCase("acme.pattern.GOOD")]
    public async Task An_installed_pattern_is_removed_by_its_name_or_its_package(string name)
    {
        _lab.Publish();
        await _lab.InstallAsync();

        RemovablePattern pattern = _lab.Removal.Find(name);
        _lab.Removal.Remove(pattern);

        Assert.That(pattern.Entry!.Version, Is.EqualTo("1.0.0"));
        Assert.That(Directory.GetFileSystemEntries(_lab.Home.Plugins), Is.Empty);
        Assert.That(_lab.Locked, Is.Null);
    }

    [Test]
    public void A_plugin_that_was_copied_by_hand_is_removed_from_whatever_folder_it_is_in()
    {
        _lab.CopyByHand(_lab.Home.Plugins, folder: "my-copy");

        _lab.Removal.Remove(_lab.Removal.Find("good"));

        Assert.That(Directory.GetFileSystemEntries(_lab.Home.Plugins), Is.Empty);
    }

    [Test]
    public void A_broken_plugin_is_removed_by_its_folders_name()
    {
        Directory.CreateDirectory(Path.Combine(_lab.Home.Plugins, "broken"));

        _lab.Removal.Remove(_lab.Removal.Find("broken"));

        Assert.That(Directory.GetFileSystemEntries(_lab.Home.Plugins), Is.Empty);
    }

    [Test]
    public void A_built_in_pattern_is_not_removed()
    {
        _lab.CopyByHand(_lab.BuiltInRoot);

        Assert.That(Code(() => _lab.Removal.Find("good")), Is.EqualTo(PackageCodes.NotFromPackage));
        Assert.That(Directory.Exists(Path.Combine(_lab.BuiltInRoot, "good")));
    }

    [Test]
    public void What_a_killed_removal_left_in_another_root_goes_with_the_next_one_there()
    {
        string older = _lab.State.Folder("older");
        _lab.CopyByHand(older);
        _lab.CopyByHand(older, folder: ".removed-other");
        var removal = new PatternRemoval(
            _lab.Here with { PluginRoots = [new(_lab.Home.Plugins, BuiltIn: false), new(older, BuiltIn: false)] },
            _lab.State.Index,
            PackageLab.Holder);

        removal.Remove(removal.Find("good"));

        Assert.That(Directory.GetFileSystemEntries(older), Is.Empty);
    }

    [Test]
    public void A_root_that_cannot_be_listed_is_no_pattern()
    {
        _lab.Home.Create();
        Directory.CreateDirectory(_lab.Home.Plugins);
        var user = new UnprivilegedUser(_lab.Root, _lab.Home.Path);
        File.SetUnixFileMode(_lab.Home.Plugins, UnixFileMode.None);

        try
        {
            string code = user.Run(() => Code(() => _lab.Removal.Find("plugins")));
            string? problem = user.Run(() => PluginCatalog.Scan(_lab.Here.PluginRoots).Entries.Single().Problem?.Code);

            Assert.That((code, problem), Is.EqualTo((PatternCodes.UnknownPattern, PatternCodes.RootUnreadable)));
        }
        finally
        {
            File.SetUnixFileMode(_lab.Home.Plugins, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TestCase("unknown")]
    [TestCase("../../feed")]
    public void An_unknown_name_is_refused(string name) =>
        Assert.That(Code(() => _lab.Removal.Find(name)), Is.EqualTo(PatternCodes.UnknownPattern));

    [Test]
    public async Task Deployments_of_the_pattern_are_named()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        _lab.State.Add(TestHome.Record("one", "first") with { PatternName = "good" });
        _lab.State.Add(TestHome.Record("two", "second"));

        Assert.That(_lab.Removal.Find("good").Deployments.Select(each => each.Id), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task A_removed_pattern_may_come_back_with_another_hash()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        _lab.Publish(new TestPackage().Add("pattern/more.txt", "changed later"));
        _lab.Removal.Remove(_lab.Removal.Find("good"));

        Assert.That((await _lab.InstallAsync()).Entry.Version, Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task An_update_goes_to_the_newest_stable_version_and_then_to_none()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        Assert.That(await _lab.UpdateAsync(), Is.Null);
        _lab.Publish("1.1.0");
        _lab.Publish("2.0.0-rc.1");

        Assert.That((await _lab.UpdateAsync())!.Former, Is.EqualTo("1.0.0"));
        Assert.That(_lab.Locked!.Version, Is.EqualTo("1.1.0"));
        Assert.That(await _lab.UpdateAsync(), Is.Null);
        Assert.That((await _lab.UpdateAsync(prerelease: true))!.Entry.Version, Is.EqualTo("2.0.0-rc.1"));
        Assert.That(await _lab.UpdateAsync(), Is.Null, "never back to an older one");
    }

    [Test]
    public async Task A_prerelease_is_updated_where_there_is_no_stable_version()
    {
        _lab.Publish("1.0.0-rc.1");
        await _lab.InstallAsync("1.0.0-rc.1");

        Assert.That(await _lab.UpdateAsync(), Is.Null);
        _lab.Publish("1.0.0-rc.2");
        Assert.That((await _lab.UpdateAsync())!.Entry.Version, Is.EqualTo("1.0.0-rc.2"));
    }

    [Test]
    public async Task An_update_brings_back_a_pattern_whose_folder_was_deleted()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        Directory.Delete(_lab.Place, recursive: true);

        Assert.That((await _lab.UpdateAsync())!.Entry.Version, Is.EqualTo("1.0.0"));
        Assert.That(_lab.Installed().IsActive);
    }

    private static string Code(Action call) => PackageLab.Problem(() =>
    {
        call();
        return Task.CompletedTask;
    }).Diagnostics[0].Code;
}
