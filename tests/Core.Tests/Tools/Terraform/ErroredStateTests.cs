using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

/// <summary>A state that Terraform could not bring to its place is taken back before anything else is planned or destroyed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ErroredStateTests : IDisposable
{
    private const string State = """{"version":4,"serial":7,"lineage":"abc","resources":[]}""";
    private readonly TestHome _home = new();
    private readonly DeploymentFolder _folder;

    public ErroredStateTests()
    {
        _folder = _home.Home.Deployment("abc");
        _folder.Create();
        File.WriteAllText(Errored, State);
    }

    private string Errored => Path.Combine(_folder.Terraform, "errored.tfstate");

    public void Dispose() => _home.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task It_becomes_the_state_again_and_is_kept(bool plans)
    {
        var runner = new RecordingRunner();

        if (plans)
        {
            await PlanAsync(Workspace(runner));
        }
        else
        {
            await Workspace(runner).PrepareDestroyAsync(CancellationToken.None);
            await Workspace(runner).DestroyAsync(CancellationToken.None);
        }

        Assert.That(runner.Lines[0], Does.StartWith("terraform state push"));
        Assert.That(runner.Lines[1], Does.StartWith(plans ? "terraform plan" : "terraform destroy"));
        Assert.That(File.Exists(Errored), Is.False);
        Assert.That(
            new StateBackups(_folder, TimeProvider.System).All.Select(backup => File.ReadAllText(backup.Path)),
            Does.Contain(State));
    }

    [Test]
    public void Where_it_is_refused_nothing_is_planned_and_it_stays()
    {
        var runner = new RecordingRunner(command => command.Arguments is ["state", "push", ..]
            ? RecordingRunner.Result(1, error: "the backend does not answer")
            : null);

        Assert.That(
            () => PlanAsync(Workspace(runner)),
            Throws.Exception.With.Message.Contains("the backend does not answer"));
        Assert.That(runner.Lines, Has.None.StartsWith("terraform plan"));
        Assert.That(File.ReadAllText(Errored), Is.EqualTo(State));
    }

    [Test]
    public async Task It_takes_the_place_of_a_state_that_was_cut()
    {
        string path = Path.Combine(_folder.Terraform, "terraform.tfstate");
        File.WriteAllText(path, "{\"version\":4,\"resou");
        var runner = new RecordingRunner();
        Directory.CreateDirectory(Path.Combine(_folder.Terraform, ".terraform"));

        await Workspace(runner).InitAsync(CancellationToken.None);
        Assert.That(File.Exists(path), Is.False, "Terraform would not begin with it");
        await PlanAsync(Workspace(runner));

        Assert.That(File.ReadAllText($"{path}.unreadable"), Is.EqualTo("{\"version\":4,\"resou"));
        Assert.That(runner.Lines.Select(line => line.Split(' ')[1]), Is.EqualTo(["init", "state", "plan"]));
    }

    [Test]
    public void Machines_are_known_from_it_too()
    {
        File.WriteAllText(Errored, """
            {"version":4,"serial":7,"lineage":"abc","resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{}]}]}
            """);

        Assert.That(TerraformState.HasMachines(_folder));
        Assert.That(TerraformState.MayExist(_folder));
        Assert.That(TerraformLook.At(_folder).Resources, Is.EqualTo(["grid_deployment.vm"]));
        File.WriteAllText(Errored, "");
        Assert.That(TerraformState.HasMachines(_folder), Is.False);
        File.WriteAllText(LocalState.PathIn(_folder), "{\"version\":");
        Assert.That(TerraformState.HasMachines(_folder), "one that cannot be read may have some");
    }

    // Terraform lets any state replace an empty one.
    [TestCase(null, true)]
    [TestCase("", true)]
    [TestCase("{\"version\":4,\"resou", true)]
    [TestCase(State, true)]
    [TestCase("""{"version":4,"serial":8,"lineage":"abc","resources":[],"outputs":{}}""", true)]
    [TestCase("""{"version":4,"serial":6,"lineage":"abc","resources":[{"mode":"managed"}]}""", true)]
    [TestCase("""{"version":4,"serial":7,"lineage":"abc","resources":[{"mode":"managed"}]}""", false)]
    [TestCase("""{"version":4,"serial":8,"lineage":"abc","resources":[{"mode":"managed"}]}""", false)]
    [TestCase("""{"version":4,"serial":8,"lineage":"abc","resources":[],"outputs":{"a":{"value":1}}}""", false)]
    [TestCase("""{"version":4,"serial":1,"lineage":"other","resources":[{"mode":"data"}]}""", false)]
    public void The_next_run_works_from_it_unless_it_does_not_follow_the_state(string? state, bool follows)
    {
        if (state is not null)
        {
            File.WriteAllText(LocalState.PathIn(_folder), state);
        }

        Assert.That(LocalState.Next(_folder), Is.EqualTo(follows ? Errored : LocalState.PathIn(_folder)));
        File.WriteAllText(Errored, "");
        Assert.That(LocalState.Next(_folder), Is.EqualTo(LocalState.PathIn(_folder)));
    }

    [TestCase("", "(it is empty)")]
    [TestCase("{\"version\":4,\"serial\":7,\"resou", "which cannot be read (")]
    public async Task One_that_a_full_disk_cut_is_put_aside_with_a_warning(string cut, string reason)
    {
        File.WriteAllText(Errored, cut);
        var events = new RecordedEvents();
        var runner = new RecordingRunner();

        TerraformWorkspace workspace = Workspace(runner, events);
        await workspace.PrepareDestroyAsync(CancellationToken.None);
        await workspace.DestroyAsync(CancellationToken.None);
        File.WriteAllText(Errored, cut);
        await PlanAsync(Workspace(runner, events));

        Diagnostic warning = events.All.OfType<DiagnosticRaised>().First().Diagnostic;
        Assert.That(
            (warning.Code, warning.Severity),
            Is.EqualTo((TerraformCodes.ErroredStateUnreadable, Severity.Warning)));
        Assert.That(warning.Message, Does.Contain(reason).And.Contain(Errored).And.Contain("errored.tfstate.unreadable"));
        Assert.That(warning.Remedy, Does.Contain("tfgrid-compose leaks"));
        Assert.That(runner.Lines, Has.None.StartsWith("terraform state push"));
        Assert.That(runner.Lines.Count(line => line.Contains("destroy") || line.Contains("plan")), Is.EqualTo(2));
        Assert.That(File.Exists(Errored), Is.False);
        Assert.That(File.ReadAllText($"{Errored}.unreadable"), Is.EqualTo(cut));
        Assert.That(File.ReadAllText($"{Errored}.unreadable-2"), Is.EqualTo(cut));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Where_the_state_cannot_be_read_either_it_blocks(bool isShared)
    {
        File.WriteAllText(Errored, "");
        File.WriteAllText(Path.Combine(_folder.Terraform, "terraform.tfstate"), "{\"version\":");
        if (isShared)
        {
            BackendFile.Write(_folder.Terraform, "http", []);
        }

        var runner = new RecordingRunner(command =>
            command.Arguments is ["state", "pull", ..] ? RecordingRunner.Result(0, "{\"version\":") : null);

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => Workspace(runner).PrepareDestroyAsync(CancellationToken.None)))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics[0].Code),
            Is.EqualTo((ExitCode.Infrastructure, TerraformCodes.StatesUnreadable)));
        Assert.That(File.Exists(Errored));
        Assert.That(runner.Lines, Has.None.Contains("destroy"));
    }

    [TestCase("""{"version":4,"serial":9,"lineage":"abc","resources":[{}]}""", "the state is newer (serial 9; that file has 7)")]
    [TestCase("""{"version":4,"serial":7,"lineage":"abc","resources":[{}]}""", "both have the serial 7 but differ")]
    [TestCase("""{"version":4,"serial":1,"lineage":"other","resources":[{}]}""", "it belongs to another state")]
    public async Task One_that_does_not_follow_the_state_is_said_to_be_so(string now, string reason)
    {
        var runner = new RecordingRunner(command => command.Arguments switch
        {
            ["state", "push", ..] => RecordingRunner.Result(1, error: "Failed to write state"),
            ["state", "pull", ..] => RecordingRunner.Result(0, now),
            _ => null,
        });

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => PlanAsync(Workspace(runner))))!;

        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo(TerraformCodes.ErroredStateRefused));
        Assert.That(problem.Message, Does.Contain(reason));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain($"state push {Errored} abc"));
        Assert.That(File.Exists(Errored));
    }

    [Test]
    public async Task A_plan_that_only_looks_leaves_it_alone()
    {
        await Workspace(new RecordingRunner()).PlanAsync([], takesNoLock: true, CancellationToken.None);

        Assert.That(File.Exists(Errored), Is.True);
    }

    private static async Task PlanAsync(TerraformWorkspace workspace)
    {
        await workspace.RecoverAsync(CancellationToken.None);
        await workspace.PlanAsync([], takesNoLock: false, CancellationToken.None);
    }

    private TerraformWorkspace Workspace(RecordingRunner runner, RecordedEvents? events = null) => new(
        _folder, new TerraformTool("terraform"), new Dictionary<string, string?>(), runner, events ?? new RecordedEvents());
}
