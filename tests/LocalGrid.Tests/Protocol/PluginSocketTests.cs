using System.Globalization;
using System.Net.Sockets;
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

        // A process of a container that shares the folder.
        const string Foreign = "tfgrid-localgrid-2147483645-0a1b2c3d.sock";
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, Foreign)));
        listener.Listen();

        PluginSocket.RemoveDead(_folder);

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EquivalentTo((string[])[.. stay, Foreign]));
    }

    [Test]
    public void A_missing_folder_is_no_error() =>
        Assert.That(() => PluginSocket.RemoveDead(Path.Combine(_folder, "nowhere")), Throws.Nothing);

    [Test]
    public void A_name_cannot_be_taken_beforehand() => Assert.That(PluginSocket.NewName(), Is.Not.EqualTo(PluginSocket.NewName()));
}
