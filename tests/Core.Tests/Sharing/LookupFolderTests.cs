using System.Text.Json.Nodes;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Sharing;

public sealed class LookupFolderTests
{
    [Test]
    public void Two_places_of_a_kind_have_two_folders_and_none_stays()
    {
        using var home = new TestHome();
        var first = LookupFolder.Create(home.Home, Place("/one"));
        var second = LookupFolder.Create(home.Home, Place("/two"));
        var again = LookupFolder.Create(home.Home, Place("/one"));

        Assert.That(second.Path, Is.Not.EqualTo(first.Path));
        Assert.That(again.Path, Is.EqualTo(first.Path));
        first.Remove();
        second.Remove();
        Assert.That(Directory.Exists(first.Path) || Directory.Exists(second.Path), Is.False);
    }

    private static BackendPlace Place(string folder) =>
        new("local", new JsonObject(), new JsonObject { ["path"] = $"{folder}/record" }, folder, $"rm {folder}");
}
