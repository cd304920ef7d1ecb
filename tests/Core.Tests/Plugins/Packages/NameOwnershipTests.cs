using TfgridCompose.Core.Foundation.Codes;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>A package replaces what it brought itself, and nothing else.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NameOwnershipTests : IDisposable
{
    private readonly PackageLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void A_built_in_name_is_refused()
    {
        _lab.CopyByHand(_lab.BuiltInRoot);
        _lab.Publish();

        Assert.That(_lab.Refused(PackageCodes.NameOwned).Message, Does.Contain("a built-in pattern has"));
    }

    [Test]
    public void A_plugin_that_was_copied_by_hand_is_not_replaced()
    {
        _lab.CopyByHand(_lab.Home.Plugins);
        _lab.Publish();

        Assert.That(_lab.Refused(PackageCodes.NameOwned).Diagnostics[0].Remedy, Does.Contain("patterns remove good"));
    }

    [Test]
    public void A_name_that_a_plugin_in_another_folder_has_is_refused()
    {
        _lab.CopyByHand(_lab.Home.Plugins, folder: "elsewhere");
        _lab.Publish();

        Assert.That(_lab.Refused(PackageCodes.NameOwned).Diagnostics[0].Remedy, Does.Contain("elsewhere"));
    }

    [Test]
    public async Task Another_packages_pattern_is_not_replaced()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        _lab.Publish(new TestPackage(id: "Evil.Pattern"), id: "Evil.Pattern");

        Assert.That(_lab.Refused(PackageCodes.NameOwned, package: "Evil.Pattern").Message, Does.Contain(TestPackage.Id));
    }

    [Test]
    public async Task A_package_whose_pattern_has_another_name_now_is_refused()
    {
        _lab.Publish();
        await _lab.InstallAsync();
        _lab.Publish(new TestPackage(version: "2.0.0", pattern: "private-yaml"), "2.0.0");

        Assert.That(_lab.Refused(PackageCodes.NameOwned).Diagnostics[0].Remedy, Does.Contain("patterns remove good"));
    }
}
