using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>What a deployment leaves, on a machine where the link in the app's folder is all that there is of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RemainsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly SteppingClock _clock = new();
    private readonly string _link;

    public RemainsTests()
    {
        _link = Path.Combine(_home.Root, "link");
        File.WriteAllText(_link, "");
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task What_goes_a_moment_later_is_not_left()
    {
        _clock.OnWait = () =>
        {
            if (_clock.Waits == 2)
            {
                File.Delete(_link);
            }
        };

        Assert.That(await FindAsync(), Is.Empty);
        Assert.That(_clock.Waits, Is.EqualTo(2), "it looks no longer than needed");
    }

    [Test]
    public async Task What_stays_for_some_seconds_is_left()
    {
        DateTimeOffset began = _clock.GetUtcNow();

        IReadOnlyList<Finding> left = await FindAsync();

        Assert.That(left.Select(finding => finding.Problem), Is.EqualTo(new[] { $"left after down: file {_link}" }));
        Assert.That(_clock.GetUtcNow() - began, Is.EqualTo(TimeSpan.FromSeconds(2.5)));
    }

    private async Task<IReadOnlyList<Finding>> FindAsync()
    {
        DeploymentRecord record = TestHome.Record();
        DeploymentFolder folder = _home.Home.Deployment(record.Id);
        Remains remains = await Remains.OfAsync(Here(), record, folder, _link, CancellationToken.None);
        return await remains.FindAsync(CancellationToken.None);
    }

    private Surroundings Here() => new()
    {
        Runner = new RecordingRunner(command => command.Arguments.Contains("status") ? RecordingRunner.Result(0, "{}") : null),
        Events = new RecordedEvents(),
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _home.Root,
        LocalGridPath = "local-grid",
        PluginRoots = [],
        Self = new OwnProgram(["tfgrid-compose"]),
        Clock = _clock,
    };
}
