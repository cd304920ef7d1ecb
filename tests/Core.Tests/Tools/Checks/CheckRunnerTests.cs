using System.Net;
using System.Net.Sockets;
using System.Text;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.LocalGrid.Tests.Support;
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
    public async Task What_a_failed_command_printed_is_one_line_without_secrets()
    {
        DeploymentRecord record = TestHome.Record();
        record = record with { SecretPrints = SecretPrints.With(record, ["s3\tcret"]) };
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "cannot log in\nas app:s3\tcret\u001b[31m"));

        string? reason = await new CheckRunner(runner, TimeProvider.System, TimeSpan.Zero)
            .TryAsync(new CommandCheck("vm", ["ask"]), record, _folder, CancellationToken.None);

        Assert.That(reason, Is.EqualTo("exit code 1: cannot log in as app:***?[31m"));
    }

    [Test]
    public async Task A_check_that_takes_its_time_is_named_once()
    {
        List<string> said = [];
        var clock = new SteppingClock();
        var checks = new CheckRunner(new RecordingRunner(_ => RecordingRunner.Result(1)), clock, TimeSpan.FromSeconds(60))
        {
            OnWaiting = said.Add,
        };

        await checks.RunAsync([new CommandCheck("vm", ["ask"])], TestHome.Record(), _folder, CancellationToken.None);

        Assert.That(said, Is.EqualTo(["waiting for `ask` on vm, for at most 60 s: exit code 1"]));
    }

    [Test]
    public async Task A_command_that_does_not_end_is_no_answer_and_has_no_exit_code()
    {
        var runner = new RecordingRunner(_ => new ToolResult(-1, "", [], TimedOut: true));

        Assert.That(
            await TryAsync(new CommandCheck("vm", ["hangs"]), runner), Is.EqualTo("no answer within 120 s"));
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
            "find the cause with `tfgrid-compose logs` and `tfgrid-compose ssh`, then run `tfgrid-compose up` again")
            with
        {
            Machine = "vm",
        }]));
    }

    [Test]
    public async Task Where_the_machine_says_that_waiting_changes_nothing_the_wait_ends_early_with_the_reason()
    {
        int port = FreePort();
        var clock = new LeapingClock();
        var runner = new RecordingRunner(_ => RecordingRunner.Result(
            0, $"LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nLISTEN 0 5 [::]:{port} [::]:*\n"));

        Diagnostic failure = await FailureOfAsync(new HttpCheck("vm", port), runner, clock);

        Assert.That(
            failure.Message,
            Does.StartWith(
                $"HTTP 200 from port {port}/ of vm did not pass: port {port} listens on IPv6 only (::); the address used is IPv4: "
                    + "listen on 0.0.0.0 (http://127.0.0.1:"));
        Assert.That(failure.Remedy, Does.StartWith("make the app listen on 0.0.0.0"));
        Assert.That(clock.Elapsed, Is.InRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
        Assert.That(runner.Commands.Select(command => command.Arguments[^1]), Has.All.EqualTo(PortListeners.Command));
    }

    [Test]
    public async Task Nothing_may_listen_yet_so_the_wait_goes_on_to_its_limit()
    {
        int port = FreePort();
        var clock = new LeapingClock();
        var runner = new RecordingRunner(_ => RecordingRunner.Result(0, "LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n"));

        Diagnostic failure = await FailureOfAsync(new TcpCheck("vm", port), runner, clock);

        Assert.That(
            failure.Message,
            Does.StartWith($"TCP port {port} of vm did not pass within 60 s: nothing listens on port {port} (").And.Contain("refused"));
        Assert.That(failure.Remedy, Does.Contain("correct the port in the manifest"));
        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task A_listener_that_moves_in_time_is_not_held_against_it()
    {
        int port = FreePort();
        int looks = 0;
        var clock = new LeapingClock();
        using var later = new TcpListener(IPAddress.Loopback, port);
        var runner = new RecordingRunner(_ =>
        {
            if (++looks == 3)
            {
                later.Start();
            }

            return RecordingRunner.Result(0, $"LISTEN 0 5 [::1]:{port} [::]:*\n");
        });

        Assert.That(await RunAsync(new TcpCheck("vm", port), runner, clock), Is.Empty);
    }

    [Test]
    public async Task A_machine_that_answers_with_another_status_is_not_asked_who_listens()
    {
        Task serving = ServeAsync(503);
        var runner = new RecordingRunner();
        var checks = new CheckRunner(runner, TimeProvider.System, TimeSpan.Zero);

        IReadOnlyList<Diagnostic> failures =
            await checks.RunAsync([new HttpCheck("vm", Port)], TestHome.Record(), _folder, CancellationToken.None);

        Assert.That(failures.Single().Message, Does.EndWith("answered 503"));
        Assert.That(runner.Commands, Is.Empty);
        await serving.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<Diagnostic> FailureOfAsync(VerificationCheck check, RecordingRunner runner, TimeProvider clock) =>
        (await RunAsync(check, runner, clock)).Single();

    private Task<IReadOnlyList<Diagnostic>> RunAsync(VerificationCheck check, RecordingRunner runner, TimeProvider clock) =>
        new CheckRunner(runner, clock, CheckRunner.DefaultLimit)
            .RunAsync([check], TestHome.Record(), _folder, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));

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
