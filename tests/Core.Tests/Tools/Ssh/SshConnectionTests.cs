using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshConnectionTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void Host_keys_are_pinned_and_learned_only_where_said()
    {
        SshConnection connection = Connection(TestHome.Record());

        Assert.That(connection.Options(), Is.EqualTo(Expected("yes", withKey: true)));
        Assert.That(connection.Options(learnHostKey: true), Is.EqualTo(Expected("accept-new", withKey: true)));
    }

    [Test]
    public void Without_a_private_key_here_the_agents_are_used()
    {
        Assert.That(Connection(TestHome.Record() with { SshKey = null }).Options(), Is.EqualTo(Expected("yes", withKey: false)));
    }

    [Test]
    public void Commands_and_shells_follow_the_options()
    {
        SshConnection connection = Connection(TestHome.Record());

        Assert.That(connection.Command("uptime"), Is.EqualTo((string[])[.. connection.Options(), "-T", "--", "root@400::1", "uptime"]));
        Assert.That(
            connection.Interactive(null, terminal: true),
            Is.EqualTo((string[])[.. connection.Alone().Options(), "-t", "--", "root@400::1"]));
        Assert.That(
            connection.Interactive("top", terminal: false),
            Is.EqualTo((string[])[.. connection.Alone().Options(), "-T", "--", "root@400::1", "top"]));
        Assert.That(connection.Alone().Options(), Does.Contain("ControlPath=none"), "a person's session is nobody's to end");
    }

    [Test]
    public void A_home_with_a_long_path_does_without_a_shared_connection()
    {
        var folder = new DeploymentFolder("/" + new string('x', 100));

        Assert.That(ControlSocket.PathFor(folder, "vm"), Is.EqualTo("none"));
        Assert.That(ControlSocket.PathFor(new DeploymentFolder("/home/ann/x"), "vm"), Is.EqualTo("/home/ann/x/vm.ssh"));
    }

    [Test]
    public void A_machine_made_anew_is_forgotten_and_no_other()
    {
        DeploymentFolder folder = _home.Home.Deployment("abc");
        KnownHosts.Forget(folder, "vm.abc");
        folder.Create();
        File.WriteAllText(folder.KnownHosts, "vm.abc ssh-ed25519 A\nvm.abcd ssh-ed25519 B\ndb.abc ssh-ed25519 C\nvm.abc ecdsa D\n");

        KnownHosts.Forget(folder, "vm.abc");

        Assert.That(File.ReadAllLines(folder.KnownHosts), Is.EqualTo(["vm.abcd ssh-ed25519 B", "db.abc ssh-ed25519 C"]));
    }

    private static SshConnection Connection(DeploymentRecord record) =>
        SshConnection.To(record, new DeploymentFolder("/s/abc"), "vm", "400::1");

    private static string[] Expected(string check, bool withKey) =>
    [
        "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "PasswordAuthentication=no", "-o", $"StrictHostKeyChecking={check}",
        "-o", "UserKnownHostsFile=/s/abc/known_hosts", "-o", "GlobalKnownHostsFile=/dev/null", "-o",
        "HashKnownHosts=no", "-o", "HostKeyAlias=vm.abc123xyz",
        "-o", "ConnectTimeout=5", "-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=6",
        "-o", "ControlMaster=auto", "-o", "ControlPath=/s/abc/vm.ssh", "-o", "ControlPersist=30", "-o", "LogLevel=ERROR",
        .. withKey ? new[] { "-o", "IdentitiesOnly=yes", "-i", "/home/ann/.ssh/id_ed25519" } : [],
    ];
}
