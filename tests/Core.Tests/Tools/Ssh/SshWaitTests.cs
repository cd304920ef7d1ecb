using System.Net;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tests.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

/// <summary>Whose host key is believed, and which refusals end the wait.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SshWaitTests : IDisposable
{
    private const string Address = "127.77.66.54";
    private const string Denied = "root@127.77.66.54: Permission denied (publickey).";
    private const string Pinned = "vm.abc123xyz ssh-ed25519 AAAA\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TestHome _home = new();
    private readonly TcpListener _sshd = new(IPAddress.Parse(Address), 22);
    private readonly DeploymentRecord _record;
    private readonly DeploymentFolder _folder;
    private readonly JumpingClock _clock = new();
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

    [Test]
    public async Task A_refusal_for_good_ends_the_wait_at_once()
    {
        DiagnosticException problem = await RefusedAsync(
            _ => "Received disconnect from 127.0.0.1 port 22:2: Too many authentication failures");

        Assert.That(_logins, Is.EqualTo(1));
        Assert.That(
            (problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Verification, SshCodes.LoginRefused)));
        Assert.That(problem.Message, Does.Contain("'vm'").And.Contain("Too many authentication failures"));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("--ssh-key"));
    }

    [Test]
    public async Task A_key_that_is_not_taken_is_tried_for_half_a_minute_and_no_longer()
    {
        DiagnosticException problem = await RefusedAsync(_ => Denied);

        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo(SshCodes.LoginRefused));
        Assert.That(_clock.Elapsed.TotalSeconds, Is.InRange(30, 45));
    }

    [Test]
    public async Task A_key_that_a_machine_writes_after_it_has_started_sshd_is_taken() =>
        Assert.That(await WaitAsync(_record, _ => _clock.Elapsed.TotalSeconds < 20 ? Denied : null), Is.EqualTo(Address));

    [Test]
    public async Task What_is_refused_between_other_answers_is_not_refused_for_good() => Assert.That(
        await WaitAsync(
            _record,
            login => _clock.Elapsed.TotalSeconds > 120 ? null : login % 2 == 0 ? Denied : "Connection reset by peer"),
        Is.EqualTo(Address));

    private async Task<DiagnosticException> RefusedAsync(Func<int, string?> says) =>
        (await Assert.ThrowsAsync<DiagnosticException>(() => WaitAsync(_record, says)))!;

    // Says for each login what ssh says; null: it succeeds.
    private Task<string> WaitAsync(DeploymentRecord record, Func<int, string?> says)
    {
        var runner = new RecordingRunner(_ =>
            says(++_logins) is { } said ? RecordingRunner.Result(255, error: said) : RecordingRunner.Result(0));
        return new SshWait(runner, new RecordedEvents(), _clock, SshWait.DefaultLimit)
            .ForAsync(record, _folder, record.Hosts[0], CancellationToken.None)
            .WaitAsync(Limit);
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
