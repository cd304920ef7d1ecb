using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

/// <summary>What a deployment leaves, as this machine's tools tell it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RemainsTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly SteppingClock _clock = new();
    private readonly string _link;
    private string _status = "{}";
    private string _routes = "";

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

    [Test]
    public async Task Each_kind_of_thing_that_is_left_is_named_and_what_others_have_is_not()
    {
        _routes = "10.42.1.0/24 dev wg0 scope link\n10.43.1.0/24 dev wg1 scope link\n";
        _status = """
            {
              "contracts": [{"contract": 1007, "project": "tfc/abc123xyz"}, {"contract": 1008, "project": "tfc/another"}],
              "vms": [{"contract": 1007, "machine": "tfl-v5"}, {"contract": 1008, "machine": "tfl-v6"}],
              "leftovers": ["bridge that was there before"]
            }
            """;

        IReadOnlyList<Finding> left = await FindAsync(meanwhile: () => _status = _status.Replace(
            "there before\"", "there before\", \"bridge that is new\"", StringComparison.Ordinal));

        Assert.That(left.Select(finding => finding.Problem), Is.EqualTo(new[]
        {
            "left after down: contract 1007",
            "left after down: machine tfl-v5",
            "left after down: bridge that is new",
            "left after down: route 10.42.1.0/24 dev wg0 scope link",
            $"left after down: file {_link}",
        }));
    }

    private async Task<IReadOnlyList<Finding>> FindAsync(Action? meanwhile = null)
    {
        DeploymentRecord record = TestHome.Record();
        DeploymentFolder folder = _home.Home.Deployment(record.Id);
        Remains remains = await Remains.OfAsync(Here(), record, folder, _link, CancellationToken.None);
        meanwhile?.Invoke();
        return await remains.FindAsync(CancellationToken.None);
    }

    private Surroundings Here() => new()
    {
        Runner = new RecordingRunner(
            command => RecordingRunner.Result(0, command.Arguments.Contains("status") ? _status : _routes)),
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
