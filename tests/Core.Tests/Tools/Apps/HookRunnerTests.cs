using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Apps;

/// <summary>How a hook can fail, and what the user is told of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HookRunnerTests : IDisposable
{
    private const string Log = "/s/abc/hook-setup.log";
    private const string Resume = "then run `tfgrid-compose up` again: the machine is kept, and it resumes here";
    private readonly TestHome _home = new();
    private readonly SecretMask _mask = new();
    private readonly RecordedEvents _events = new();
    private RecordingRunner? _runner;

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task A_hook_that_does_not_end_is_ended_on_its_machine_and_named_with_its_log()
    {
        Diagnostic failure = await FailureAsync(new ToolResult(137, "", [], TimedOut: true));

        Assert.That(failure, Is.EqualTo(Diagnostic.Error(
            AppCodes.HookTimedOut,
            "The hook 'setup' on 'vm' did not end within 60 minutes.",
            $"read {Log}, fix the hook, {Resume}") with
        { Machine = "vm" }));
        Assert.That(_runner!.Commands.Select(command => command.Arguments[^1]), Does.Contain(HookScript.Stop));
    }

    [Test]
    public async Task A_lost_connection_is_not_the_hooks_failure_and_the_hook_goes_on()
    {
        Assert.That(
            await FailureAsync(RecordingRunner.Result(255, error: "client_loop: send disconnect: Broken pipe")),
            Is.EqualTo(Diagnostic.Error(
                AppCodes.ConnectionLost,
                "The connection to 'vm' was lost while the setup hook ran:\nclient_loop: send disconnect: Broken pipe",
                "see `tfgrid-compose status`. The hook continues on the machine; "
                    + "run `tfgrid-compose up` again: it follows the hook to its end")
                with
            {
                Machine = "vm",
            }));
        Assert.That(_runner!.Commands, Has.Count.EqualTo(1), "nothing ends it, nothing forgets it");
    }

    [TestCase(3)]
    [TestCase(255)]
    public async Task Any_exit_code_is_the_hooks_and_secrets_stay_hidden(int code)
    {
        _mask.Add("hunter22");

        Assert.That(await FailureAsync(Ended(code), "hunter22 is wrong"), Is.EqualTo(Diagnostic.Error(
            AppCodes.HookFailed,
            $"The hook 'setup' on 'vm' ended with exit code {code}:\n*** is wrong",
            $"read {Log}, fix the hook, {Resume}") with
        { Machine = "vm" }));
        Assert.That(_runner!.Commands.Select(command => command.Arguments[^1]), Does.Contain(HookScript.Forget));
    }

    [Test]
    public async Task A_secret_that_occurs_in_our_own_words_hides_no_exit_code()
    {
        var result = new ToolResult(0, "", ["tfgrid-***: the hook ended with exit code 0"], TimedOut: false)
        {
            LastErrorUnmasked = HookScript.Ended + "0",
        };
        _runner = new RecordingRunner(_ => result);

        Assert.That((await RunAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Another_runs_hook_is_named() => Assert.That(
        (await FailureAsync(RecordingRunner.Result(HookScript.Unseen, "0123 setup\n"))).Message,
        Is.EqualTo("Another run has started a hook on 'vm' meanwhile."));

    [Test]
    public async Task A_hook_without_memory_is_told_from_one_that_fails() => Assert.That(
        (await FailureAsync(Ended(137))).Message,
        Does.StartWith("The hook 'setup' on 'vm' was killed (exit code 137), usually because the machine had no memory left"));

    [Test]
    public async Task A_hook_that_has_gone_is_named() => Assert.That(
        (await FailureAsync(RecordingRunner.Result(0, error: HookScript.Gone))).Message,
        Is.EqualTo("The hook 'setup' on 'vm' ended without an exit code: the machine was restarted, or somebody killed it; "
            + "it printed nothing"));

    [Test]
    public async Task A_hook_that_cannot_be_started_is_named_with_the_reason() => Assert.That(
        (await FailureAsync(RecordingRunner.Result(70, error: "mkdir: cannot create directory: No space left on device"))).Message,
        Is.EqualTo("The hook 'setup' on 'vm' could not be started:\nmkdir: cannot create directory: No space left on device"));

    [Test]
    public void The_second_interrupt_ends_it_on_its_machine()
    {
        _runner = new RecordingRunner(command => command.OutlivesKill ? null : throw new OperationCanceledException());

        Assert.That(RunAsync, Throws.InstanceOf<OperationCanceledException>());

        Assert.That(_runner.Commands[^1].Arguments[^1], Is.EqualTo(HookScript.Stop));
    }

    [Test]
    public void An_interrupt_before_its_begin_ends_nothing()
    {
        _runner = new RecordingRunner();

        Assert.That(() => RunAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(_runner.Commands, Is.Empty);
    }

    [Test]
    public async Task The_first_interrupt_says_what_it_waits_for()
    {
        using var interrupt = new CancellationTokenSource();
        _runner = new RecordingRunner(_ =>
        {
            interrupt.Cancel();
            return Ended(0);
        });

        await RunAsync(interrupt.Token);

        Assert.That(
            _events.All.OfType<Note>().Select(note => note.Text),
            Is.EqualTo(["waiting for the setup hook on vm to end; press Ctrl-C again to end it"]));
    }

    private static ToolResult Ended(int code) =>
        RecordingRunner.Result(0, error: HookScript.Ended + code.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Task<HookEnd> RunAsync() => RunAsync(CancellationToken.None);

    private Task<HookEnd> RunAsync(CancellationToken cancellation) => Hooks().RunAsync(
        HookScript.Follow, "setup", new HookPlace("vm", Log, OneOfSeveral: false), cancellation);

    private HookRunner Hooks() => new(
        _events,
        _mask,
        new SshClient(_runner!, SshConnection.To(TestHome.Record(), _home.Home.Deployment("abc"), "vm", "127.0.0.1")));

    private async Task<Diagnostic> FailureAsync(ToolResult result, string output = "")
    {
        _runner = new RecordingRunner(command =>
        {
            if (output.Length > 0)
            {
                command.OnOutput?.Invoke(output);
            }

            return command.Arguments[^1] == HookScript.Follow ? result : null;
        });
        HookEnd end = await RunAsync();

        DiagnosticException failure =
            (await Assert.ThrowsAsync<DiagnosticException>(() => Hooks().RequireAsync(end)))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Application));
        return failure.Diagnostics.Single();
    }
}
