using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DownTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy() => Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);

    [Test]
    public async Task Down_leaves_nothing()
    {
        string id = _lab.Record.Id;

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain($"destroyed hello ({id}): vm on node 2"));
        Assert.That(_lab.Calls, Has.Some.EqualTo("terraform destroy -json -auto-approve -input=false -refresh=false -lock-timeout=300s"));
        Assert.That(_lab.Calls[^1], Does.StartWith("local-grid query /contracts?"), "it asks the grid whether anything is left");
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
        Assert.That(File.ReadAllText(_lab.State.Index), Is.Empty);
        Assert.That(new FileInfo(Path.Combine(_lab.App, ".tfgrid-compose")).LinkTarget, Is.Null);
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Root, "ranges")).Select(Path.GetFileName), Is.EqualTo(["lock"]));
        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(7, "TFC0702", "There is no deployment 'hello'", "up APP");
    }

    [Test]
    public async Task Without_an_answer_nothing_is_destroyed()
    {
        CliResult result = await _lab.RunAsync("down", "hello");

        result.AssertFailed(2, "TFC0104", $"Destroy hello ({_lab.Record.Id}): vm on node 2? There is nobody to ask.", "add --yes");
        AssertKept();
    }

    [Test]
    public async Task Non_interactive_never_asks()
    {
        CliResult result = await _lab.AnswerAsync("y\n", interactive: true, "down", "hello", "--non-interactive");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        AssertKept();
    }

    [TestCase("n\n")]
    [TestCase("\n")]
    [TestCase("")]
    public async Task Any_answer_but_yes_destroys_nothing(string typed)
    {
        CliResult result = await _lab.AnswerAsync(typed, interactive: true, "down", "hello");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, "")));
        Assert.That(result.Error, Does.Contain("[y/N] nothing was done"));
        AssertKept();
    }

    [TestCase("y\n")]
    [TestCase("YES\n")]
    public async Task Yes_destroys(string typed)
    {
        CliResult result = await _lab.AnswerAsync(typed, interactive: true, "down", "hello");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
    }

    [Test]
    public async Task A_failed_destroy_keeps_the_state_and_can_be_run_again()
    {
        _lab.Fail(
            "terraform-destroy",
            """
            {"type":"apply_start","@message":"grid_deployment.vm: Destroying..."}
            {"type":"diagnostic","diagnostic":{"severity":"error","summary":"node 2 is down"}}
            """);

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Error, Does.Contain("error TFC0404: terraform destroy ended with exit code 1:\nnode 2 is down"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Destroying));
        (await _lab.RunAsync("up", _lab.App, "--grid", "local")).AssertFailed(
            7,
            "TFC0710",
            "is being destroyed",
            $"tfgrid-compose down {_lab.Record.Id} --yes");

        _lab.Mend("terraform-destroy");
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    // Terraform had not begun: the machine is untouched, and `up` must go on working.
    [TestCase("terraform-destroy", "TFC0404")]
    [TestCase("terraform-init", "TFC0401")]
    public async Task A_down_that_removed_nothing_is_undone(string failing, string code)
    {
        Directory.Delete(Path.Combine(_lab.Folder.Terraform, ".terraform"), recursive: true);
        _lab.Fail(failing, """{"type":"diagnostic","diagnostic":{"severity":"error","summary":"the lock is held"}}""");

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Error, Does.Contain(code).And.Contain("no machine was removed: the status of hello is running again"));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        _lab.Mend(failing);
        CliResult up = await _lab.RunAsync("up", _lab.App);
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("nothing to do"));
    }

    [Test]
    public async Task A_down_that_is_cancelled_before_it_destroys_is_undone()
    {
        using var cancel = new CancellationTokenSource();
        _lab.Cancellation = cancel.Token;
        Directory.Delete(Path.Combine(_lab.Folder.Terraform, ".terraform"), recursive: true);
        File.Delete(Path.Combine(_lab.Tools, "terraform"));
        string waits = _lab.Write("bin/terraform", $"""
            #!/bin/sh
            echo "terraform $*" >>"{_lab.Fakes}/calls.log"
            : >"{_lab.Fakes}/began"
            sleep 1
            """);
        File.SetUnixFileMode(waits, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Task<CliResult> down = _lab.RunAsync("down", "hello", "--yes");
        while (!File.Exists(Path.Combine(_lab.Fakes, "began")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Destroying));
        await cancel.CancelAsync();
        CliResult result = await down;

        Assert.That(result.ExitCode, Is.EqualTo(130), result.Error);
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        Assert.That(_lab.Calls, Has.None.StartsWith("terraform destroy"));
    }

    [Test]
    public async Task What_a_destroy_leaves_behind_is_named()
    {
        _lab.Write("fakes/terraform-destroy-leaves", "");

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        result.AssertFailed(4, "TFC0407", "left after the destroy: grid_deployment.vm", $"tfgrid-compose down {_lab.Record.Id}");
        Assert.That(File.Exists(_lab.Folder.Record));
    }

    [Test]
    public async Task A_file_that_cannot_be_removed_is_named_and_the_next_down_removes_it()
    {
        DeploymentRecord record = _lab.Record;
        string gate = Path.Combine(_lab.Root, "ranges", "lock");
        File.Delete(gate);
        Directory.CreateDirectory(gate);

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(
            4,
            "TFC0413",
            $"hello ({record.Id}) is destroyed, but this is left on this machine: the address range {record.IpRange} (",
            $"give this user the right to remove it, then run `tfgrid-compose down {record.Id}` again");
        Directory.Delete(gate);
        CliResult again = await _lab.RunAsync("down", record.Id, "--yes");

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(File.ReadAllText(_lab.State.Index), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Root, "ranges"), "10.*"), Is.Empty);
    }

    [Test]
    public async Task A_deployment_in_use_is_not_destroyed()
    {
        using var held = DeploymentLock.Take(
            _lab.State,
            _lab.App,
            "hello",
            new LockHolder("ann", "here", 1, "tfgrid-compose up", DateTimeOffset.UnixEpoch));

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(7, "TFC0701", "process 1 of ann on here", "wait");
        AssertKept();
    }

    [Test]
    public async Task Down_needs_no_pattern_and_no_app()
    {
        string user = Path.Combine(_lab.State.Path, "deployments", _lab.Record.Id, "deployment.json");
        File.WriteAllText(
            user,
            File.ReadAllText(user).Replace("\"pattern_name\": \"single-vm\"", "\"pattern_name\": \"gone\"", StringComparison.Ordinal));
        Directory.Delete(_lab.App, recursive: true);

        Assert.That((await _lab.RunAsync("status", "hello")).ExitCode, Is.Zero);
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    private void AssertKept()
    {
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Running));
        Assert.That(_lab.Calls.Where(call => call.StartsWith("terraform destroy", StringComparison.Ordinal)), Is.Empty);
    }
}
