using System.Net;
using System.Net.Sockets;
using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Tools.Checks;

/// <summary>Real sockets on this machine's loopback.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CheckRunnerTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly DeploymentFolder _folder = new("/s/abc");

    public CheckRunnerTests() => _server.Start();

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    public void Dispose() => _server.Dispose();

    [TestCase(200, null)]
    [TestCase(503, "answered 503")]
    [TestCase(302, "answered 302")]
    public async Task An_http_check_compares_the_status_and_follows_no_redirect(int status, string? reason)
    {
        Task serving = ServeAsync(status);

        string? answer = await TryAsync(new HttpCheck("vm", Port, "/health"), new RecordingRunner());

        Assert.That(answer, reason is null ? Is.Null : Does.EndWith(reason));
        await serving.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task A_closed_port_fails_both_kinds()
    {
        _server.Stop();
        int port = FreePort();

        Assert.That(await TryAsync(new TcpCheck("vm", port), new RecordingRunner()), Does.Contain("refused"));
        Assert.That(await TryAsync(new HttpCheck("vm", port), new RecordingRunner()), Does.Contain($"http://127.0.0.1:{port}/: "));
    }

    [Test]
    public async Task An_open_port_passes()
    {
        Assert.That(await TryAsync(new TcpCheck("vm", Port), new RecordingRunner()), Is.Null);
    }

    [Test]
    public async Task A_command_passes_with_exit_0_and_its_words_are_quoted()
    {
        var runner = new RecordingRunner();

        Assert.That(await TryAsync(new CommandCheck("vm", ["test", "-f", "/a b"]), runner), Is.Null);
        Assert.That(runner.Commands.Single().Arguments[^1], Is.EqualTo("test -f '/a b'"));
        Assert.That(
            await TryAsync(new SshCheck("vm"), new RecordingRunner(_ => RecordingRunner.Result(255, error: "denied"))),
            Is.EqualTo("exit code 255: denied"));
    }

    [Test]
    public async Task A_host_that_does_not_exist_fails()
    {
        Assert.That(await TryAsync(new SshCheck("db"), new RecordingRunner()), Is.EqualTo("there is no host 'db' with an address"));
    }

    [Test]
    public async Task Every_check_that_still_fails_at_the_limit_is_reported_and_those_that_recover_are_not()
    {
        int calls = 0;
        var runner = new RecordingRunner(command => RecordingRunner.Result(
            command.Arguments[^1] == "late" && Interlocked.Increment(ref calls) > 2 ? 0 : 1));
        var checks = new CheckRunner(runner, TimeProvider.System, TimeSpan.FromSeconds(1));

        IReadOnlyList<Diagnostic> failures = await checks.RunAsync(
            [new CommandCheck("vm", ["late"]), new CommandCheck("vm", ["never"])],
            TestHome.Record(),
            _folder,
            CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(20));

        Assert.That(failures, Is.EqualTo([Diagnostic.Error(
            VerificationCodes.CheckFailed,
            "`never` on vm did not pass within 1 s: exit code 1",
            "look into it with `tfgrid-compose logs` and `tfgrid-compose ssh`, then run `tfgrid-compose up` again")]));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<string?> TryAsync(VerificationCheck check, RecordingRunner runner) =>
        new CheckRunner(runner, TimeProvider.System, TimeSpan.Zero).TryAsync(
            check,
            TestHome.Record(),
            _folder,
            CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(20));

    private async Task ServeAsync(int status)
    {
        using TcpClient client = await _server.AcceptTcpClientAsync();
        _ = await client.GetStream().ReadAsync(new byte[4096]);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} X\r\nLocation: /else\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
