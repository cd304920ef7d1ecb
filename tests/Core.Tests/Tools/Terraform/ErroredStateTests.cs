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

        await (plans
            ? Workspace(runner).PlanAsync([], takesNoLock: false, CancellationToken.None)
            : Workspace(runner).DestroyAsync(CancellationToken.None));

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
            () => Workspace(runner).PlanAsync([], takesNoLock: false, CancellationToken.None),
            Throws.Exception.With.Message.Contains("the backend does not answer"));
        Assert.That(runner.Lines, Has.Count.EqualTo(1));
        Assert.That(File.ReadAllText(Errored), Is.EqualTo(State));
    }

    [Test]
    public async Task A_plan_that_only_looks_leaves_it_alone()
    {
        await Workspace(new RecordingRunner()).PlanAsync([], takesNoLock: true, CancellationToken.None);

        Assert.That(File.Exists(Errored), Is.True);
    }

    private TerraformWorkspace Workspace(RecordingRunner runner) =>
        new(_folder, new TerraformTool("terraform"), new Dictionary<string, string?>(), runner, new RecordedEvents());
}
