using System.Net;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

/// <summary>Whose host key is believed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshWaitTests : IDisposable
{
    private const string Address = "127.77.66.54";
    private const string Pinned = "vm.abc123xyz ssh-ed25519 AAAA\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TestHome _home = new();
    private readonly TcpListener _sshd = new(IPAddress.Parse(Address), 22);
    private readonly DeploymentRecord _record;
    private readonly DeploymentFolder _folder;
    private int _logins;

    public SshWaitTests()
    {
        try
        {
            _sshd.Start();
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AccessDenied)
        {
            Assert.Ignore("port 22 may only be bound by root here");
        }

        _ = GreetAsync();
        _record = _home.Add(TestHome.Record() with
        {
            Hosts = [new RecordedHost { Name = "vm", Role = "vm", Addresses = [new RecordedAddress("wireguard", Address)] }],
        });
        _folder = _home.Home.Deployment(_record.Id);
        File.WriteAllText(_folder.KnownHosts, Pinned);
    }

    public void Dispose()
    {
        _sshd.Dispose();
        _home.Dispose();
    }

    [Test]
    public void Another_key_than_the_pinned_one_is_refused()
    {
        Assert.That(() => WaitAsync(_record), Throws.TypeOf<DiagnosticException>().With.Message.Contains("a different host key"));
        Assert.That(File.ReadAllText(_folder.KnownHosts), Is.EqualTo(Pinned));
    }

    [Test]
    public async Task A_machine_that_an_interrupted_apply_may_have_replaced_is_learned_anew()
    {
        Assert.That(await WaitAsync(_record with { Replacing = ["vm"] }), Is.EqualTo(Address));
        Assert.That(File.ReadAllText(_folder.KnownHosts), Is.Empty);
        Assert.That(_logins, Is.EqualTo(2), "the pinned key is tried first");
    }

    // Another key first; a login that may learn one succeeds.
    private Task<string> WaitAsync(DeploymentRecord record)
    {
        var runner = new RecordingRunner(command =>
        {
            _logins++;
            return command.Arguments.Contains("StrictHostKeyChecking=accept-new")
                ? RecordingRunner.Result(0)
                : RecordingRunner.Result(255, error: "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!");
        });
        return new SshWait(runner, new RecordedEvents(), TimeProvider.System, Limit).ForAsync(
            record,
            _folder,
            record.Hosts[0],
            CancellationToken.None).WaitAsync(
            Limit);
    }

    private async Task GreetAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _sshd.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("SSH-2.0-test\r\n"u8.ToArray());
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
