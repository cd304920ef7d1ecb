using System.Diagnostics;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Plugins.Lifecycle;

/// <summary>Real hooks, run by the real runner.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifecycleHooksTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, string> _environment = ProcessEnvironment.Read();
    private readonly TestHome _home = new();
    private readonly RecordedEvents _events = new();
    private readonly SecretMask _mask = new();
    private readonly DeploymentRecord _record;

    public LifecycleHooksTests() =>
        _record = _home.Add(TestHome.Record(app: _home.Folder("app")) with
        {
            Endpoints = [new RecordedEndpoint("http", "http://10.42.1.2")],
        });

    private DeploymentFolder Deployment => _home.Home.Deployment(_record.Id);

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task Hooks_run_in_the_order_of_their_folders_names()
    {
        Plugin("20-second", ("before-wait", "echo here"));
        Plugin("10-first", ("before-wait", "echo here"));
        Plugin("30-other-moment", ("after-wait", "echo here"));

        await Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        Assert.That(_events.Lines, Is.EqualTo(["10-first before-wait: here", "20-second before-wait: here"]));
    }

    [Test]
    public async Task A_hook_is_told_the_facts_and_no_secret()
    {
        Plugin("facts", ("before-wait", "cat >facts.json"));

        await Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        string text = await File.ReadAllTextAsync(Path.Combine(Deployment.Path, "facts.json"));
        JsonElement facts = JsonDocument.Parse(text).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Contain(_record.Seed));
            Assert.That(
                (facts.GetProperty("schema").GetInt32(), Text(facts, "event"), Text(facts, "phase"), Text(facts, "grid")),
                Is.EqualTo((1, "before", "wait", "local")));
            Assert.That(
                (Text(facts, "deployment", "id"), Text(facts, "deployment", "name"), Text(facts, "deployment", "folder")),
                Is.EqualTo((_record.Id, "hello", Deployment.Path)));
            Assert.That(
                (Text(facts, "app", "name"), Text(facts, "app", "version"), Text(facts, "app", "path")),
                Is.EqualTo(("hello", "1.0", _record.AppPath)));
            Assert.That((Text(facts, "pattern", "name"), Text(facts, "pattern", "version")), Is.EqualTo(("single", "2.0.0")));
            JsonElement host = facts.GetProperty("hosts")[0];
            Assert.That(
                (Text(host, "name"), Text(host, "role"), host.GetProperty("node_id").GetInt32(), Text(host, "ssh_address")),
                Is.EqualTo(("vm", "vm", 2, "127.0.0.1")));
            Assert.That(
                (Text(host.GetProperty("addresses")[0], "network"), Text(host.GetProperty("addresses")[0], "ip")),
                Is.EqualTo(("wireguard", "10.42.1.2")));
            Assert.That(Text(facts.GetProperty("endpoints")[0], "url"), Is.EqualTo("http://10.42.1.2"));
        });
    }

    [Test]
    public async Task A_before_hook_that_fails_stops_with_who_what_where_and_the_way_out()
    {
        Plugin("10-guard", ("before-platform", "echo not today >&2; exit 7"));
        Plugin("20-late", ("before-platform", "echo never"));

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(
            () => Hooks().BeforeAsync("platform", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit)))!;

        Diagnostic problem = failure.Diagnostics.Single();
        Assert.Multiple(() =>
        {
            Assert.That(
                (failure.ExitCode, problem.Code, problem.Severity),
                Is.EqualTo((ExitCode.Application, LifecycleCodes.HookFailed, Severity.Error)));
            Assert.That(
                problem.Message,
                Does.Contain("'before-platform'").And.Contain("'10-guard'").And.Contain("ended with exit code 7").And.Contain("not today"));
            Assert.That(problem.Remedy, Does.Contain(Deployment.PluginLog("10-guard")).And.Contain("tfgrid-compose up"));
            Assert.That(_events.Lines, Has.None.Contains("never"));
        });
    }

    [Test]
    public async Task An_after_hook_that_fails_is_a_warning_and_the_next_one_runs()
    {
        Plugin("10-bad", ("after-wait", "exit 1"));
        Plugin("20-good", ("after-wait", "echo still here"));

        await Hooks().AfterAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        Assert.That(_events.Warnings, Is.EqualTo([$"Warning {LifecycleCodes.AfterHookFailed}"]));
        Assert.That(
            _events.All.OfType<DiagnosticRaised>().Single().Diagnostic.Message,
            Is.EqualTo("The hook 'after-wait' of the lifecycle plugin '10-bad' ended with exit code 1; it printed nothing."));
        Assert.That(_events.Lines, Is.EqualTo(["20-good after-wait: still here"]));
    }

    [TestCase("sleep 60", TestName = "A_hook_that_takes_too_long_is_killed")]
    [TestCase("(sleep 60; echo late) & wait", TestName = "Its_children_are_killed_with_it")]
    [TestCase("sleep 60 & exit 0", TestName = "What_it_left_behind_is_killed_too")]
    [TestCase("trap '' TERM INT HUP; sleep 60; sleep 60", TestName = "A_hook_that_ignores_signals_is_killed")]
    public async Task Time_runs_out(string script)
    {
        Plugin("slow", ("before-wait", $"echo $$ >pid; {script}"));
        Write("slow", "timeout: 1s");

        DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(
            () => Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit)))!;

        Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(LifecycleCodes.HookTimedOut));
        Assert.That(failure.Diagnostics.Single().Message, Does.Contain("within its 1 s"));
        int group = int.Parse(
            await File.ReadAllTextAsync(Path.Combine(Deployment.Path, "pid")),
            System.Globalization.CultureInfo.InvariantCulture);
        await EmptyAsync(group);
    }

    [Test]
    public async Task What_left_the_group_is_waited_for_until_the_time_limit_only()
    {
        Plugin("slow", ("before-wait", "setsid sh -c 'echo $$ >outside; exec sleep 60' &"));
        Write("slow", "timeout: 1s");

        string outside = Path.Combine(Deployment.Path, "outside");
        try
        {
            DiagnosticException failure = (await Assert.ThrowsAsync<DiagnosticException>(
                () => Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit)))!;

            Assert.That(failure.Diagnostics.Single().Code, Is.EqualTo(LifecycleCodes.HookTimedOut));
        }
        finally
        {
            using var left = Process.GetProcessById(int.Parse(
                await File.ReadAllTextAsync(outside),
                System.Globalization.CultureInfo.InvariantCulture));
            left.Kill();
        }
    }

    [Test]
    public async Task A_cancelled_run_asks_the_hook_to_end()
    {
        Plugin("slow", ("before-wait", "trap 'echo asked; exit 0' TERM; echo ready >ready; for i in $(seq 100); do sleep 0.1; done"));
        using var cancelled = new CancellationTokenSource();
        Task run = Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), cancelled.Token);
        for (int i = 0; i < 100 && !File.Exists(Path.Combine(Deployment.Path, "ready")); i++)
        {
            await Task.Delay(50);
        }

        await cancelled.CancelAsync();

        Assert.That(() => run.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_events.Lines, Does.Contain("slow before-wait: asked"));
    }

    [Test]
    public async Task Output_is_kept_masked_in_a_log_of_its_own()
    {
        _mask.Add("hunter22");
        Plugin("talk", ("before-wait", "echo hunter22; echo on stderr >&2"));

        await Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        string log = await File.ReadAllTextAsync(Path.Combine(Deployment.Path, "plugin-talk.log"));
        Assert.That(log, Does.Contain("***").And.Contain("on stderr").And.Not.Contain("hunter22"));
        Assert.That(_events.Lines, Is.EquivalentTo(["talk before-wait: ***", "talk before-wait: on stderr"]));
        Assert.That(
            File.GetUnixFileMode(Path.Combine(Deployment.Path, "plugin-talk.log")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task The_mnemonic_is_not_in_its_environment()
    {
        Plugin("nosy", ("before-wait", "echo ${MNEMONIC-none} ${TF_VAR_mnemonic-none}"));
        _environment["MNEMONIC"] = "words";
        _environment["TF_VAR_mnemonic"] = "words";

        await Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        Assert.That(_events.Lines, Is.EqualTo(["nosy before-wait: none none"]));
    }

    [Test]
    public async Task Without_a_deployment_it_runs_in_the_apps_folder_and_keeps_no_log()
    {
        Plugin("early", ("after-down", "pwd; cat >facts.json"));
        var gone = LifecycleHookFacts.Of(_record);
        Directory.Delete(Deployment.Path, recursive: true);

        await Hooks().AfterAsync("down", gone, CancellationToken.None).WaitAsync(Limit);

        Assert.That(_events.Lines, Is.EqualTo([$"early after-down: {_record.AppPath}"]));
        Assert.That(
            JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_record.AppPath, "facts.json"))).RootElement.GetProperty(
                "deployment").GetProperty(
                "folder").ValueKind,
            Is.EqualTo(JsonValueKind.Null));
        Assert.That(Directory.Exists(Deployment.Path), Is.False);
    }

    [Test]
    public async Task A_hook_that_reads_nothing_is_no_problem()
    {
        Plugin("deaf", ("before-wait", "exec <&-; exit 0"));

        await Hooks().BeforeAsync("wait", LifecycleHookFacts.Of(_record), CancellationToken.None).WaitAsync(Limit);

        Assert.That(_events.Warnings, Is.Empty);
    }

    private static string? Text(JsonElement json, params string[] path) =>
        path.Aggregate(json, (element, name) => element.GetProperty(name)).GetString();

    // The kernel needs a moment to take killed processes out of the list.
    private static async Task EmptyAsync(int group)
    {
        for (int i = 0; i < 100; i++)
        {
            using Process list = Process.Start(new ProcessStartInfo("ps", ["-eo", "pgid=,stat=,args="]) { RedirectStandardOutput = true })!;
            string[] left =
            [
                .. (await list.StandardOutput.ReadToEndAsync()).Split('\n').Where(
                    line => line.Trim().StartsWith($"{group} ", StringComparison.Ordinal)
                        && !line.Contains(" Z", StringComparison.Ordinal)),
            ];
            await list.WaitForExitAsync();
            if (left.Length == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"the group {group} is still there");
    }

    private LifecycleHooks Hooks() => LifecycleHooks.Load(new Surroundings
    {
        Runner = new ToolRunner(new NLog.LogFactory().GetLogger("test"), _mask, ToolInterrupt.None, _environment),
        Events = _events,
        Mask = _mask,
        Store = _home.Store,
        Environment = new Dictionary<string, string>(),
        CurrentFolder = _home.Root,
        LocalGridPath = "",
        PluginRoots = [new PluginRoot(_home.Home.Plugins, BuiltIn: false)],
        Self = new OwnProgram(["none"]),
    });

    private void Plugin(string id, params (string Name, string Script)[] hooks) => LifecycleFolders.Plugin(_home.Home.Plugins, id, hooks);

    private void Write(string id, string line) => File.AppendAllText(Path.Combine(_home.Home.Plugins, id, "plugin.yaml"), line + "\n");
}
