using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>A deployment whose <c>up</c> and <c>down</c> are answered by the test.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrialDeploymentTests : IDisposable
{
    private const string Id = "abc123xyz";
    private readonly string _temp = Directory.CreateTempSubdirectory("tfc-trial-").FullName;
    private readonly string? _tempBefore = Environment.GetEnvironmentVariable("TMPDIR");
    private readonly RecordedEvents _events = new();
    private readonly Workplace _workplace;
    private readonly Sample _sample;

    public TrialDeploymentTests()
    {
        string real = Directory.CreateDirectory(Path.Combine(_temp, "real")).FullName;
        Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateSymbolicLink(Path.Combine(_temp, "link"), real).FullName);
        _workplace = new Workplace(new RecordingRunner(), _events);
        _workplace.Create();
        string folder = Directory.CreateDirectory(_workplace.SampleFolder("first")).FullName;
        _sample = new Sample("first", folder, folder);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TMPDIR", _tempBefore);
        Directory.Delete(_temp, recursive: true);
    }

    // As `up` writes it: with the app's folder, no link in its path.
    private void Deploy() =>
        new DeploymentStore(_workplace.Home, TimeProvider.System).Save(TestHome.Record(Id, app: AppFolder.Of(_sample.Folder, "/")));

    [Test]
    public async Task What_was_deployed_is_found_and_taken_down_where_the_temporary_folder_is_a_link()
    {
        var runner = new RecordingRunner(Answer);
        TrialDeployment trial = Trial(runner);

        Verdict up = await trial.UpAsync(CancellationToken.None);
        await trial.DownAsync();

        Assert.That(up.Status, Is.EqualTo(CheckStatus.Passed), up.Detail);
        Assert.That(runner.Lines, Has.Some.Contains($"down {Id} --yes"));
    }

    [Test]
    public async Task An_up_that_leaves_no_record_is_no_success()
    {
        Verdict up = await Trial(new RecordingRunner()).UpAsync(CancellationToken.None);

        Assert.That(
            (up.Status, up.Detail),
            Is.EqualTo((CheckStatus.Failed, $"up succeeded, but {_workplace.Home.Deployments} holds no record of {_sample.Folder}")));
        Assert.That(up.Remedy, Does.Contain($"TFGRID_COMPOSE_HOME={_workplace.Home.Path} tfgrid-compose down"));
    }

    [Test]
    public async Task A_second_up_that_does_something_is_told_with_what_it_did_and_why()
    {
        Deploy();
        var journal = new Journal(_workplace.Home.Deployment(Id).Journal);
        journal.Append(Started(PhaseId.Wait, "first time"));
        TrialDeployment trial = Trial(new RecordingRunner(command =>
        {
            if (command.Arguments.Contains("up"))
            {
                journal.Append(Started(PhaseId.Application, "its inputs changed"));
            }

            return null;
        }));

        Verdict verdict = await trial.IdempotenceAsync(TestHome.Record(Id), CancellationToken.None);

        Assert.That(
            (verdict.Status, verdict.Detail, verdict.Remedy),
            Is.EqualTo((
                CheckStatus.Failed,
                "the second up was not idle: application ran (its inputs changed)",
                "return the same files, variables and inventory for the same deployment")));
    }

    [Test]
    public void A_folder_that_holds_a_deployments_state_is_kept_and_named()
    {
        Deploy();

        _workplace.Dispose();

        Assert.That(_events.All.OfType<Note>().Single().Text, Does.Contain(_workplace.Root));
        Assert.That(_workplace.Home.Deployment(Id).Path, Does.Exist);
    }

    [Test]
    public async Task A_down_that_is_interrupted_says_where_the_state_is_and_what_removes_it()
    {
        Deploy();
        TrialDeployment trial = Trial(new RecordingRunner(_ => throw new OperationCanceledException()));

        await Assert.CatchAsync<OperationCanceledException>(trial.DownAsync);

        Diagnostic stands = _events.All.OfType<DiagnosticRaised>().Single().Diagnostic;
        Assert.That((stands.Code, stands.Severity), Is.EqualTo((ConformanceCodes.DeploymentStands, Severity.Error)));
        Assert.That(stands.Message, Does.Contain("interrupted").And.Contain(_workplace.Home.Deployment(Id).Path));
        Assert.That(stands.Remedy, Does.Contain($"TFGRID_COMPOSE_HOME={_workplace.Home.Path} tfgrid-compose down {Id} --yes"));
    }

    private ToolResult? Answer(ToolCommand command)
    {
        if (command.Arguments.Contains("up"))
        {
            Deploy();
        }

        return command.Arguments.Contains("status") ? RecordingRunner.Result(0, "{}") : null;
    }

    private static JournalEntry Started(PhaseId phase, string reason) => new()
    {
        At = DateTimeOffset.UnixEpoch,
        Verb = "up",
        Phase = phase,
        Result = JournalResult.Started,
        Detail = reason,
    };

    private TrialDeployment Trial(IToolRunner runner) => new(
        new Surroundings
        {
            Runner = runner,
            Events = _events,
            Mask = new SecretMask(),
            Store = new DeploymentStore(_workplace.Home, TimeProvider.System),
            Environment = new Dictionary<string, string>(),
            CurrentFolder = _temp,
            LocalGridPath = "local-grid",
            PluginRoots = [],
            Self = new OwnProgram(["tfgrid-compose"]),
        },
        _workplace,
        _sample);
}
