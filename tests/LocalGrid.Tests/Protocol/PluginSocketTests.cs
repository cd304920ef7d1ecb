using System.Globalization;
using TfgridCompose.LocalGrid.Protocol;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tfgrid-sockets").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_killed_providers_left_is_removed_and_that_of_living_ones_stays()
    {
        string living = PluginSocket.NewName();
        string older = string.Create(CultureInfo.InvariantCulture, $"tfgrid-localgrid-{Environment.ProcessId}.sock");
        string[] stay = [living, older, "tfgrid-localgrid-x.sock", "tfgrid-localgrid-2147483646.txt", "2147483646.sock"];
        string[] go = ["tfgrid-localgrid-2147483646.sock", "tfgrid-localgrid-2147483646-0a1b2c3d.sock"];
        foreach (string name in (string[])[.. stay, .. go])
        {
            File.WriteAllText(Path.Combine(_folder, name), "");
        }

        PluginSocket.RemoveDead(_folder);

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EquivalentTo(stay));
    }

    [Test]
    public void A_name_cannot_be_taken_beforehand() => Assert.That(PluginSocket.NewName(), Is.Not.EqualTo(PluginSocket.NewName()));
}
