using System.Text.Json;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Tests;

public sealed class PackageViewTests
{
    private static readonly PackageSigner Signer = new("12ab", "CN=Acme", IsAuthor: true);

    private static readonly InstalledPattern Unsigned = new(
        new PatternCatalogEntry
        {
            Folder = "/plugins/wiki",
            BuiltIn = false,
            Descriptor = new PluginDescriptor
            {
                Name = "wiki",
                Version = "1.2.0",
                Assembly = "Wiki.dll",
                Sha256 = "",
                ContractMajor = 1,
                ContractMinor = 1,
            },
        },
        new LockedPattern { Name = "wiki", Package = "Acme.Wiki", Version = "1.2.0", Source = "/feed", Sha512 = "ff" },
        Former: null,
        Signer: null,
        IsAuthorTrusted: false);

    [Test]
    public void People_read_what_was_installed_and_who_vouches_for_it() => Assert.That(PackageView.Text(Unsigned), Is.EqualTo("""
        pattern     wiki 1.2.0
        package     Acme.Wiki 1.2.0
        source      /feed
        signature   not signed
        contract    1.1

        """));

    [TestCase(true, "by CN=Acme, a trusted author")]
    [TestCase(false, "intact, by CN=Acme; nobody vouches for this author (patterns.trusted_authors is empty)")]
    public void A_signature_says_whether_its_author_is_trusted(bool trusted, string signature) =>
        Assert.That(
            PackageView.Text(Unsigned with { Signer = Signer, IsAuthorTrusted = trusted }),
            Does.Contain($"\nsignature   {signature}\n"));

    [TestCase("1.1.0", "wiki 1.2.0 (package before: 1.1.0)")]
    [TestCase("1.2.0", "wiki 1.2.0")]
    public void Another_version_before_is_named(string former, string shown) =>
        Assert.That(PackageView.Text(Unsigned with { Former = former }), Does.StartWith($"pattern     {shown}\n"));

    [Test]
    public void Scripts_get_everything()
    {
        JsonElement json = JsonDocument.Parse(PackageView.Json(
            Unsigned with { Former = "1.1.0", Signer = Signer, IsAuthorTrusted = true })).RootElement;

        Assert.That(json.ToString(), Is.EqualTo("""
            {
              "name": "wiki", "version": "1.2.0", "contract": "1.1", "folder": "/plugins/wiki", "package": "Acme.Wiki", "package_version": "1.2.0",
              "former_package_version": "1.1.0", "source": "/feed", "sha512": "ff", "signed": true, "signed_by": "12ab", "author_trusted": true
            }
            """).IgnoreWhiteSpace);
        Assert.That(
            PackageView.Json(Unsigned),
            Does.Contain("\"signed\": false").And.Contain("\"signed_by\": null").And.Contain("\"author_trusted\": false"));
    }

    [Test]
    public void Updates_are_a_line_each()
    {
        LockedPattern former = new() { Name = "wiki", Package = "Acme.Wiki", Version = "1.1.0" };

        Assert.That(PackageView.Text([]), Is.EqualTo("no pattern came from a package\n"));
        Assert.That(
            PackageView.Text([new(former, Unsigned), new(former, null)]),
            Is.EqualTo("wiki: 1.1.0 -> 1.2.0, not signed\nwiki: 1.1.0 is up to date\n"));
        Assert.That(JsonDocument.Parse(PackageView.Json([new(former, Unsigned), new(former, null)])).RootElement.ToString(), Is.EqualTo("""
            [
              {"name": "wiki", "package": "Acme.Wiki", "from": "1.1.0", "to": "1.2.0", "updated": true},
              {"name": "wiki", "package": "Acme.Wiki", "from": "1.1.0", "to": "1.1.0", "updated": false}
            ]
            """).IgnoreWhiteSpace);
    }

    [Test]
    public void A_removed_pattern_names_its_package_where_it_had_one()
    {
        var removed = new RemovablePattern("wiki", "/plugins/wiki", Unsigned.Entry, []);

        Assert.That(PackageView.Text(removed), Is.EqualTo("removed wiki (Acme.Wiki 1.2.0)\n"));
        Assert.That(PackageView.Text(removed with { Entry = null }), Is.EqualTo("removed wiki\n"));
        Assert.That(JsonDocument.Parse(PackageView.Json(removed with { Entry = null })).RootElement.ToString(), Is.EqualTo(
            """{"name": "wiki", "folder": "/plugins/wiki", "package": null, "package_version": null, "deployments": []}""").IgnoreWhiteSpace);
    }
}
