using System.Net.Sockets;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ControlSocketTests : IDisposable
{
    private readonly DeploymentFolder _folder = new(Directory.CreateTempSubdirectory("tfc-s-").FullName);

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Test]
    public void Only_a_socket_that_answers_is_a_leftover()
    {
        string live = ControlSocket.PathFor(_folder, "live");
        string dead = ControlSocket.PathFor(_folder, "dead");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(live));
        listener.Listen();
        using (var gone = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            gone.Bind(new UnixDomainSocketEndPoint(dead));
        }

        File.WriteAllText(Path.Combine(_folder.Path, "file.ssh"), "");

        Assert.That(ControlSocket.Answering(_folder), Is.EqualTo([live]));
    }

    [Test]
    public void A_folder_that_is_gone_has_none()
    {
        Assert.That(ControlSocket.Answering(new DeploymentFolder(Path.Combine(_folder.Path, "gone"))), Is.Empty);
    }

    [Test]
    public void A_path_that_is_too_long_for_a_socket_does_without()
    {
        Assert.That(ControlSocket.PathFor(new DeploymentFolder($"/{new string('a', 80)}"), "a-host-name"), Is.EqualTo("none"));
    }
}
