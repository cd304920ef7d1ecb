using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tests.Deploying.Phases;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Deploying.Apps;

/// <summary>How a copy can fail, and what it finds on the hosts.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AppCopyTests : IDisposable
{
    private readonly AppLab _lab = new() { Targets = ["web_1"] };

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_file_that_changes_meanwhile_fails_the_copy() => Assert.That(
        await FailureAsync(RecordingRunner.Result(-1) with { InputProblem = new IOException("'a' became shorter while it was copied") }),
        Is.EqualTo(Diagnostic.Error(
            AppCodes.CopyFailed,
            "The app could not be copied to 'web_1': 'a' became shorter while it was copied",
            "let no other program write to the app's folder meanwhile, then run `tfgrid-compose up` again")
            with
        {
            Machine = "web_1",
        }));

    [Test]
    public async Task What_does_not_arrive_as_it_was_sent_fails_it_too() => Assert.That(
        await FailureAsync(RecordingRunner.Result(65, error: "tmp/app-source/page.txt: FAILED")),
        Is.EqualTo(Diagnostic.Error(
            AppCodes.CopyDiffers,
            "The files that arrived on 'web_1' differ from those that were sent:\ntmp/app-source/page.txt: FAILED",
            "check the machine's disk space (`tfgrid-compose exec -- df -h`), then run `tfgrid-compose up` again")
            with
        {
            Machine = "web_1",
        }));

    [TestCase(255, "Connection to 10.1.2.3 closed by remote host.", "The connection to 'web_1' was lost", "no memory left")]
    [TestCase(137, "Killed", "The copy to 'web_1' was killed there", "more memory")]
    [TestCase(2, "tar: big.bin: Cannot write: No space left on device", "ssh ended with exit code 2: tar: big.bin", "df -h")]
    public async Task What_a_small_machine_says_is_explained(int exitCode, string said, string message, string remedy)
    {
        Diagnostic problem = await FailureAsync(RecordingRunner.Result(exitCode, error: said));

        Assert.That((problem.Code, problem.Machine), Is.EqualTo((AppCodes.CopyFailed, "web_1")));
        Assert.That(problem.Message, Does.Contain(message).And.Contain(said));
        Assert.That(problem.Remedy, Does.Contain(remedy));
    }

    [Test]
    public async Task A_hook_of_an_earlier_run_with_the_same_inputs_is_followed_and_the_next_ones_run()
    {
        string key = await BegunAsync();
        Find($"{key} configure\n");

        await _lab.InstallAsync();

        Assert.That(_lab.Happened, Is.EqualTo(["web_1 copy", "web_1 follow", "lb serve web_1"]));
        Assert.That(_lab.Notes, Does.Contain("configure on web_1, as the earlier run started it"));
        Assert.That(_lab.InputsOf("web_1"), Is.EqualTo(key));
    }

    [Test]
    public async Task One_with_other_inputs_ends_first()
    {
        await BegunAsync();
        Find("0123 setup\n");

        await _lab.InstallAsync();

        Assert.That(
            _lab.Happened,
            Is.EqualTo(["web_1 copy", "web_1 follow", "web_1 copy", "web_1 setup", "web_1 configure", "lb serve web_1"]));
        Assert.That(_lab.Notes, Does.Contain("the setup hook of an earlier run has to end first on web_1"));
    }

    [Test]
    public async Task A_connection_that_is_lost_while_it_ends_is_an_error_and_the_hook_stays()
    {
        await BegunAsync();
        _lab.Answer = what => what switch
        {
            "web_1 copy" => RecordingRunner.Result(HookScript.Unseen, "0123 setup\n"),
            "web_1 follow" => RecordingRunner.Result(255, error: "Broken pipe"),
            _ => null,
        };

        Assert.That((await _lab.FailAsync()).Diagnostics.Single().Code, Is.EqualTo(AppCodes.ConnectionLost));

        Assert.That(_lab.Happened, Is.EqualTo(["web_1 copy", "web_1 follow"]));
    }

    // An earlier run installed the app and died in its next installation.
    private async Task<string> BegunAsync()
    {
        await _lab.InstallAsync();
        string key = _lab.InputsOf("web_1")!;
        _lab.Change("web_1", host => host with { AppInputs = "" });
        _ = _lab.Happened;
        return key;
    }

    // The first copy finds it; then it is forgotten.
    private void Find(string unseen)
    {
        int copies = 0;
        _lab.Answer = what => what == "web_1 copy" && copies++ == 0 ? RecordingRunner.Result(HookScript.Unseen, unseen) : null;
    }

    private async Task<Diagnostic> FailureAsync(ToolResult copy)
    {
        _lab.Answer = what => what == "web_1 copy" ? copy : null;
        return (await _lab.FailAsync()).Diagnostics.Single();
    }
}
