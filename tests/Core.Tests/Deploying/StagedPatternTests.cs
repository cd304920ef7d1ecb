using System.Text;
using TfgridCompose.Core.Deploying;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying;

/// <summary>What a pattern gives one run, in a run whose Terraform finds nothing to change.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StagedPatternTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestApp _app = new();
    private readonly CountingPattern _pattern = new();

    public void Dispose()
    {
        _home.Dispose();
        _app.Dispose();
    }

    [Test]
    public async Task The_plan_the_apply_and_the_journal_ask_for_variables_and_files_once()
    {
        UpRun run = Run();
        await using var work = new UpWork(run, LifecycleHooks.Load(run.Here), JournalOf(run));

        await using var ready = new CheckedRequest(
            run.App, Observation.Nothing, RepeatedChecks.Start(run.Here, existing: null, CancellationToken.None), StateLineage: null);

        PlannedPhases planned = await work.PlanAsync(ready, CancellationToken.None);
        await work.CarryOutAsync(planned, CancellationToken.None);

        Assert.That(
            new Journal(run.Folder.Journal).Read().Last(entry => entry.Phase == PhaseId.Infrastructure).Result,
            Is.EqualTo(JournalResult.Done));
        Assert.That(File.ReadAllText(Path.Combine(run.Folder.Terraform, "main.tf")), Is.EqualTo("# machines"));
        Assert.That(_pattern.Asked, Is.EquivalentTo(["Variables", "infrastructure/main.tf", "platform/site.yml"]));
    }

    // Of an older journal: unchanged inputs must stay unchanged after an upgrade.
    [Test]
    public void The_fingerprint_is_of_the_files_the_variables_and_the_grid()
    {
        string files = PatternFileSet.Of(_pattern, "infrastructure").Inputs;

        Assert.That(
            Run().Stage.InfrastructureInputs,
            Is.EqualTo(Fingerprint.Of(files, PatternValueJson.Of(CountingPattern.Values), "dev")));
        Assert.That(Run().Stage.PlatformInputs, Is.EqualTo(PatternFileSet.Of(_pattern, "platform").Inputs));
    }

    [Test]
    public void A_pattern_computes_its_variables_from_all_that_the_run_knows()
    {
        UpRun run = Run();

        _ = run.Stage.InfrastructureInputs;

        VariablesRequest request = _pattern.Request!;
        Assert.That(request.DeploymentId, Is.EqualTo(run.Record.Id));
        Assert.That(request.Hosts, Is.EqualTo(run.App.Hosts));
        Assert.That(request.IpRange, Is.EqualTo(run.Record.IpRange));
        Assert.That(request.SshPublicKeys, Is.EqualTo(run.Record.SshPublicKeys));
        Assert.That(request.GridNetwork, Is.EqualTo("dev"));
        Assert.That(request.Options, Is.SameAs(run.App.Options));
        Assert.That(request.Network, Is.SameAs(run.App.Manifest.Network));
        Assert.That(request.Ports.Select(port => port.Number), Is.EqualTo([8080]));
    }

    private UpRun Run()
    {
        Manifest manifest = _app.Load("name: hello\npattern: fake\nresources: {ports: [8080]}\n").Manifest;
        DeploymentRecord record = _home.Store.Save(TestHome.Record() with { Hosts = [], Grid = "dev" });
        var app = new ValidatedApp
        {
            Manifest = manifest,
            Pattern = _pattern,
            Declaration = _pattern.Declaration,
            PatternName = "fake",
            PatternVersion = "1.0.0",
            Options = new PatternOptions(new Dictionary<string, object>()),
            Hosts = [new AssignedHost(new HostSpec { Name = "vm", Role = "vm", Cpu = 1, MemoryMb = 512, DiskGb = 5 }, 2)],
            Environment = [],
            Files = new AppFiles([], []),
            SshKeys = new SshKeys([], null),
            Grid = GridName.Parse("dev"),
            Terraform = new TerraformTool("/usr/bin/terraform"),
        };
        var request = new UpRequest { AppFolder = _app.Folder, Selection = new PhaseSelection { Only = PhaseId.Infrastructure } };
        return new UpRun(Here(), app, record, request);
    }

    private RunJournal JournalOf(UpRun run) => new(
        new Journal(run.Folder.Journal),
        "up",
        new LockHolder("ann", "here", Environment.ProcessId, "tfgrid-compose up", DateTimeOffset.UnixEpoch),
        _home.Store.Version,
        TimeProvider.System);

    private Surroundings Here() => new()
    {
        Runner = new RecordingRunner(Terraform),
        Events = new RecordedEvents(),
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _app.Folder,
        LocalGridPath = "/bin/true",
        PluginRoots = [],
        Self = new OwnProgram(["/bin/true"]),
    };

    private static ToolResult? Terraform(ToolCommand command)
    {
        if (command.Arguments[0] == "init")
        {
            Directory.CreateDirectory(Path.Combine(command.WorkingDirectory!, ".terraform"));
            File.WriteAllText(Path.Combine(command.WorkingDirectory!, ".terraform.lock.hcl"), "");
        }

        return command.Arguments[0] == "output" ? RecordingRunner.Result(0, "{}") : null;
    }

    /// <summary>Writes down each question whose answer costs something.</summary>
    private sealed class CountingPattern : Pattern
    {
        public static IReadOnlyDictionary<string, object?> Values { get; } = new Dictionary<string, object?> { ["node_id"] = 2 };

        public List<string> Asked { get; } = [];

        public VariablesRequest? Request { get; private set; }

        public override PatternDeclaration Declaration { get; } = new();

        public override IReadOnlyList<PatternFile> Files =>
            [FileOf("infrastructure/main.tf", "# machines"), FileOf("platform/site.yml", "- hosts: all")];

        public override Topology Topology(TopologyRequest request) => new();

        public override IReadOnlyDictionary<string, object?> Variables(VariablesRequest request)
        {
            Asked.Add(nameof(Variables));
            Request = request;
            return Values;
        }

        public override OutputsResult ReadOutputs(OutputsRequest request) => new()
        {
            Values = new ContractValues { PrimaryIp = "192.0.2.7", PrimaryIpType = "public", DeploymentName = "hello", NodeIds = [2] },
            Hosts =
            [
                new HostFacts { Name = "vm", Role = "vm", NodeId = 2, Addresses = [new HostAddress(NetworkKind.PublicIpv4, "192.0.2.7")] },
            ],
        };

        private PatternFile FileOf(string path, string content) => new(path, () =>
        {
            Asked.Add(path);
            return new MemoryStream(Encoding.UTF8.GetBytes(content));
        });
    }
}
