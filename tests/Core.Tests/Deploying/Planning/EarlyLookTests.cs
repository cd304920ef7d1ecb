using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EarlyLookTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly RecordingRunner _runner = new(_ => RecordingRunner.Result(255, "tfgrid-compose-logged-in\n"));

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task The_machines_of_the_linked_deployment_are_asked_once()
    {
        DeploymentRecord record = Deployed();
        await using EarlyLook look = Look();

        Observation seen = await look.OfAsync(record);

        Assert.That(seen.Undone, Is.Empty);
        Assert.That(_runner.Commands, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_record_that_was_written_since_is_looked_at_again()
    {
        DeploymentRecord record = Deployed();
        await using EarlyLook look = Look();
        DeploymentRecord held = record with { UpdatedAt = record.UpdatedAt.AddSeconds(1), Status = DeploymentStatus.Failed };

        Observation seen = await look.OfAsync(held);

        Assert.That(seen.Undone.Keys, Is.EqualTo([PhaseId.Finalize]), "of the held one");
    }

    [Test]
    public async Task Another_deployment_than_the_linked_one_is_looked_at_by_itself()
    {
        Deployed();
        await using EarlyLook look = Look();
        DeploymentRecord other = TestHome.Record("other1234", app: App) with { Status = DeploymentStatus.Running, Hosts = [] };

        Assert.That((await look.OfAsync(_home.Add(other))).Undone, Is.Empty);
    }

    [Test]
    public async Task Without_a_link_or_with_a_record_that_cannot_be_read_the_look_begins_later()
    {
        DeploymentRecord record = Deployed();
        await File.WriteAllTextAsync(_home.Home.Deployment(record.Id).Record, "{");
        await using EarlyLook look = Look();

        Assert.That((await look.OfAsync(record)).Undone, Is.Empty);
        Assert.That(await look.OfAsync(null), Is.SameAs(Observation.Nothing));
    }

    [Test]
    public async Task Its_end_ends_the_look()
    {
        Deployed();
        var runner = new EndlessRunner();
        var look = EarlyLook.Start(Here(runner), App, CancellationToken.None);
        await runner.Asked.WaitAsync(TimeSpan.FromSeconds(10));

        await look.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private string App => Path.Combine(_home.Root, "app");

    private DeploymentRecord Deployed()
    {
        _home.Folder("app");
        DeploymentRecord record = _home.Store.Save(TestHome.Record(app: App) with { Status = DeploymentStatus.Running });
        File.WriteAllText(_home.Home.Deployment(record.Id).KnownHosts, $"vm.{record.Id} ssh-ed25519 AAAA\n");
        Assert.That(new AppLink(_home.Home, App).Point(record.Id), Is.Null);
        return record;
    }

    private EarlyLook Look() => EarlyLook.Start(Here(_runner), App, CancellationToken.None);

    private Surroundings Here(IToolRunner runner) => new()
    {
        Runner = runner,
        Events = new RecordedEvents(),
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _home.Root,
        LocalGridPath = "",
        PluginRoots = [],
        Self = new OwnProgram(["none"]),
    };

    private sealed class EndlessRunner : IToolRunner
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return RecordingRunner.Result(0);
        }
    }
}
