using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Manifests;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

/// <summary>
/// A deployment of web_1, web_2, web_3 and lb whose application phase runs with a runner that writes down what it is
/// asked.
/// </summary>
internal sealed class AppLab : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestApp _app = new();
    private readonly RecordedEvents _events = new();
    private readonly List<string> _happened = [];

    public AppLab()
    {
        _app.File("deployment/setup.sh");
        _app.File("deployment/configure.sh");
        _app.File("src/page.txt", "one");
        _home.Store.Save(TestHome.Record() with { Hosts = [Host("web_1", 1), Host("web_2", 2), Host("web_3", 3), Host("lb", 9)] });
    }

    /// <summary>What happens where the app goes to all three hosts.</summary>
    public static IReadOnlyList<string> Everything { get; } =
        [
            .. new[] { "web_1", "web_2", "web_3" }.SelectMany(
                host => new[] { $"{host} copy", $"{host} setup", $"{host} configure", $"lb serve {host}" }),
        ];

    public string Strategy { get; set; } = "parallel";

    /// <summary>The networks that the manifest asks for.</summary>
    public string Networks { get; set; } = "wireguard";

    public string Greeting { get; set; } = "hello";

    /// <summary>More lines of the manifest.</summary>
    public string More { get; set; } = "";

    /// <summary>The app's port, by the pattern.</summary>
    public int? AppPort { get; set; }

    public PhaseSelection Selection { get; set; } = PhaseSelection.Default;

    /// <summary>Pieces of what fails: <c>web_2 setup</c>.</summary>
    public HashSet<string> Failing { get; } = [];

    public IReadOnlyList<string> Targets { get; set; } = ["web_1", "web_2", "web_3"];

    /// <summary>
    /// What happened on which host since the last look, in order: <c>web_1 copy</c>, <c>web_1 setup</c>, <c>lb drain
    /// web_1</c>.
    /// </summary>
    public IReadOnlyList<string> Happened
    {
        get
        {
            string[] all = [.. _happened];
            _happened.Clear();
            return all;
        }
    }

    /// <summary>What a piece of work answers; null where it succeeds or fails as said above.</summary>
    public Func<string, ToolResult?> Answer { get; set; } = _ => null;

    /// <summary>What each piece of work waits for between its begin and its end.</summary>
    public Func<string, Task> Gate { get; set; } = _ => Task.CompletedTask;

    /// <summary>What began and ended since the lab was made, in order: <c>&gt; web_1 setup</c>, <c>&lt; web_1 setup</c>.</summary>
    public List<string> Timeline { get; } = [];

    /// <summary>The hosts whose file with the hooks' variables was removed, in order.</summary>
    public List<string> Cleaned { get; } = [];

    public IReadOnlyList<string> Notes => [.. _events.All.OfType<Note>().Select(note => note.Text)];

    /// <summary>What was said of each host's turn: <c>&gt; copy web_1</c> where it began, <c>&lt; copy web_1</c> where it ended.</summary>
    public IReadOnlyList<string> Turns =>
    [
        .. _events.All.Select(each => each switch
        {
            HostWorkStarted began => $"> {began.Work} {began.Host}",
            HostWorkEnded ended => $"< {ended.Work} {ended.Host}",
            _ => null,
        }).OfType<string>(),
    ];

    public DeploymentRecord Record => _home.Store.Load(TestHome.Record().Id)!;

    public DeploymentFolder Folder => _home.Home.Deployment(Record.Id);

    public void Edit(string text) => _app.File("src/page.txt", text);

    public void WritePlaybook() => _app.File("deployment/playbook.yml", "- hosts: all\n");

    public void Change(string host, Func<RecordedHost, RecordedHost> change) =>
        _home.Store.Save(Record with { Hosts = [.. Record.Hosts.Select(each => each.Name == host ? change(each) : each)] });

    public string? InputsOf(string host) => Record.Hosts.First(each => each.Name == host).AppInputs;

    /// <summary>What the journal would take of the phase.</summary>
    public string Inputs() => new ApplicationPhase().Inputs(Run());

    /// <summary>Why the next run would run the phase, where the last one wrote down these inputs of it.</summary>
    public string ReasonAfter(string inputs)
    {
        var done = new JournalEntry
        {
            At = DateTimeOffset.UnixEpoch,
            Verb = "up",
            Phase = PhaseId.Application,
            Result = JournalResult.Done,
            Inputs = inputs,
        };
        return Planner.Plan([new PhaseInputs(PhaseId.Application, Inputs(), [])], [done], Observation.Nothing).Steps.Single().Reason;
    }

    /// <summary>A run whose platform phase fails: what was to be copied beside it is copied.</summary>
    public Task CopyAsync()
    {
        var phase = new ApplicationPhase();
        phase.StartCopy(Run(), CancellationToken.None);
        return phase.SettleAsync();
    }

    public Task InstallAsync() => new ApplicationPhase().RunAsync(Run(), CancellationToken.None);

    public async Task<DiagnosticException> FailAsync()
    {
        try
        {
            await InstallAsync();
        }
        catch (DiagnosticException problem)
        {
            return problem;
        }

        throw new AssertionException("nothing failed");
    }

    public void Dispose()
    {
        _home.Dispose();
        _app.Dispose();
    }

    private static RecordedHost Host(string name, int number) => new()
    {
        Name = name,
        Role = name.Split('_')[0],
        NodeId = number,
        SshAddress = $"10.42.{number}.2",
        Addresses = [new RecordedAddress("wireguard", $"10.42.{number}.2")],
    };

    public UpRun Run()
    {
        Manifest manifest = _app.Load(
            $"name: hello\npattern: fake\ndeploy: {{strategy: {Strategy}}}\nnetwork: {{provision: [{Networks}]}}\n{More}").Manifest;
        var files = AppFiles.Of(manifest);
        var app = new ValidatedApp
        {
            Manifest = manifest,
            Pattern = new GuardedPattern("fake", new RollingPattern(Targets) { Port = AppPort }),
            Declaration = new PatternDeclaration(),
            PatternName = "fake",
            PatternVersion = "1.0.0",
            Options = new PatternOptions(new Dictionary<string, object>()),
            Hosts = [],
            Environment = [new EnvironmentValue("GREETING", Greeting)],
            Files = files,
            Playbook = PlaybookFiles.Of(manifest, () => files),
            SshKeys = new SshKeys([], null),
            Grid = GridName.Parse("local"),
            Terraform = new TerraformTool("/bin/true"),
        };
        return new UpRun(Here(), app, Record, new UpRequest { AppFolder = _app.Folder, Selection = Selection });
    }

    private Surroundings Here() => new()
    {
        Runner = new GatedRunner(this),
        Events = _events,
        Mask = new SecretMask(),
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _app.Folder,
        LocalGridPath = "/bin/true",
        PluginRoots = [],
        Self = new OwnProgram(["/bin/true"]),
    };

    private async Task<ToolResult> AnswerAsync(ToolCommand command)
    {
        string happened = command.Program == "ssh"
            ? OnHost(command)
            : $"{command.Program} {command.Arguments[command.Arguments.ToList().IndexOf("--limit") + 1]}";
        if (happened.EndsWith(" rm", StringComparison.Ordinal))
        {
            Write(Cleaned, happened.Split(' ')[0]);
            return RecordingRunner.Result(0);
        }

        if (happened.EndsWith(HookScript.Forget, StringComparison.Ordinal))
        {
            return RecordingRunner.Result(0);
        }

        Write(_happened, happened);
        Write(Timeline, $"> {happened}");
        await Gate(happened);
        Write(Timeline, $"< {happened}");
        if (Answer(happened) is { } told)
        {
            return told;
        }

        bool fails = Failing.Any(happened.Contains);
        if (!command.IsDetached)
        {
            return fails ? RecordingRunner.Result(3, error: $"{happened} went wrong") : RecordingRunner.Result(0);
        }

        command.OnOutput?.Invoke(fails ? $"{happened} went wrong" : "well");
        return RecordingRunner.Result(0, error: HookScript.Ended + (fails ? 3 : 0));
    }

    private void Write(List<string> list, string what)
    {
        lock (_happened)
        {
            list.Add(what);
        }
    }

    private static string OnHost(ToolCommand command)
    {
        string alias = command.Arguments.First(argument => argument.StartsWith("HostKeyAlias=", StringComparison.Ordinal));
        string remote = command.Arguments[^1];
        string what = remote.Contains("tar -xzf", StringComparison.Ordinal) ? "copy"
            : remote == HookScript.Follow ? "follow"
            : remote.StartsWith("sh -s -- run ", StringComparison.Ordinal) ? remote.Split(' ')[5]
            : remote.StartsWith("rm -f", StringComparison.Ordinal) ? "rm"
            : remote;
        return $"{alias["HostKeyAlias=".Length..].Split('.')[0]} {what}";
    }

    private sealed class GatedRunner(AppLab lab) : IToolRunner
    {
        public Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation) => lab.AnswerAsync(command);
    }
}
