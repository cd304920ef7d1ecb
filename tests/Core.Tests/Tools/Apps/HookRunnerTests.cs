using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
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

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task A_hook_that_does_not_end_is_named_with_its_log() =>
        Assert.That(await FailureAsync(new ToolResult(137, "", [], TimedOut: true)), Is.EqualTo(Diagnostic.Error(
            AppCodes.HookTimedOut,
            "The hook 'setup' on 'vm' did not end within 60 minutes.",
            $"read {Log}, fix the hook, {Resume}")));

    [Test]
    public async Task A_lost_connection_is_not_the_hooks_failure() =>
        Assert.That(
            await FailureAsync(RecordingRunner.Result(255, error: "client_loop: send disconnect: Broken pipe")),
            Is.EqualTo(Diagnostic.Error(
                AppCodes.ConnectionLost,
                "The connection to 'vm' was lost while the hook 'setup' ran:\nclient_loop: send disconnect: Broken pipe",
                $"see `tfgrid-compose status`, {Resume}")));

    [Test]
    public async Task Any_other_exit_code_is_the_hooks_and_secrets_stay_hidden()
    {
        _mask.Add("hunter22");

        Assert.That(await FailureAsync(RecordingRunner.Result(3, error: "hunter22 is wrong")), Is.EqualTo(Diagnostic.Error(
            AppCodes.HookFailed,
            "The hook 'setup' on 'vm' ended with exit code 3:\n*** is wrong",
            $"read {Log}, fix the hook, {Resume}")));
    }

    private async Task<Diagnostic> FailureAsync(ToolResult result)
    {
        var connection = SshConnection.To(TestHome.Record(), _home.Home.Deployment("abc"), "vm", "127.0.0.1");
        var ssh = new SshClient(new RecordingRunner(_ => result), connection);
        var hook = new AppHook("setup", "deployment/setup.sh", "setup.sh", null);

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(() => new HookRunner(new RecordedEvents(), _mask)
            .RunAsync(ssh, hook, new HookPlace("vm", Log, OneOfSeveral: false), CancellationToken.None)))!;

        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Application));
        return failure.Diagnostics.Single();
    }
}
