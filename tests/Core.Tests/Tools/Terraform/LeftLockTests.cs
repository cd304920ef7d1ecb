using System.Globalization;
using System.Net;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

/// <summary>The lock of a killed Terraform is taken over where it is certain whose it is, and never waited for.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeftLockTests : IDisposable
{
    private const string Wait = "60s";
    private static readonly ToolResult Done = RecordingRunner.Result(0);
    private static readonly ToolResult Killed = RecordingRunner.Result(137);
    private readonly TestHome _home = new();
    private readonly string _folder;
    private readonly List<string> _waits = [];
    private readonly List<string> _released = [];
    private LockInfo? _held;
    private bool _isRunning;

    public LeftLockTests()
    {
        _folder = _home.Folder("state");
        BackendFile.Write(_folder, "s3", []);
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task It_is_taken_over_at_once()
    {
        await RunAsync(Killed);
        _held = Of(Dns.GetHostName(), DateTime.UtcNow.AddSeconds(1));

        ToolResult result = await RunAsync(Done);

        Assert.That(result.Succeeded);
        Assert.That(_released, Is.EqualTo(["the-id"]));
        Assert.That(_waits, Is.EqualTo([Wait, "0s", Wait]));
    }

    [Test]
    public async Task After_a_Terraform_that_ended_by_itself_a_lock_is_somebody_elses()
    {
        await RunAsync(RecordingRunner.Result(1));
        _held = Of(Dns.GetHostName(), DateTime.UtcNow.AddSeconds(1));

        await RunAsync(Done);

        Assert.That(_released, Is.Empty);
        Assert.That(_waits, Is.EqualTo([Wait, Wait]));
    }

    [Test]
    public async Task Another_computers_lock_is_waited_for()
    {
        await RunAsync(Killed);
        _held = Of("desk", DateTime.UtcNow.AddSeconds(1));

        await RunAsync(Done);

        Assert.That((_released, _waits), Is.EqualTo(((List<string>)[], (List<string>)[Wait, "0s", Wait])));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_may_be_the_killed_ones_and_need_not_be_is_said_at_once_each_time(bool isNamed)
    {
        await RunAsync(Killed);
        _held = isNamed ? Of(Dns.GetHostName(), DateTime.UtcNow.AddHours(-1)) : new LockInfo("the-id", "", "", "");

        for (int i = 0; i < 2; i++)
        {
            ToolResult result = await RunAsync(Done);
            Assert.That(result.Succeeded, Is.False);
        }

        Assert.That((_released, _waits), Is.EqualTo(((List<string>)[], (List<string>)[Wait, "0s", "0s"])));
    }

    // The killed one would have given up by then: somebody of the same name works there.
    [Test]
    public async Task A_lock_that_was_taken_much_later_is_not_taken_over()
    {
        await RunAsync(Killed);
        _held = Of(Dns.GetHostName(), DateTime.UtcNow.AddMinutes(10));

        await RunAsync(Done);

        Assert.That(_released, Is.Empty);
    }

    [Test]
    public async Task While_a_Terraform_runs_here_it_is_waited_for()
    {
        await RunAsync(Killed);
        _held = Of(Dns.GetHostName(), DateTime.UtcNow.AddSeconds(1));
        _isRunning = true;

        await RunAsync(Done);

        Assert.That((_released, _waits), Is.EqualTo(((List<string>)[], (List<string>)[Wait, Wait])));
    }

    [Test]
    public async Task Once_the_lock_is_free_again_nothing_is_left_to_think_of()
    {
        await RunAsync(Killed);

        await RunAsync(Done);
        await RunAsync(Done);

        Assert.That(_waits, Is.EqualTo([Wait, "0s", Wait]));
    }

    [Test]
    public async Task A_state_on_this_machine_needs_none_of_that()
    {
        BackendFile.Remove(_folder);

        await RunAsync(Killed);
        await RunAsync(Done);

        Assert.That(_waits, Is.EqualTo([Wait, Wait]));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task A_copy_of_the_folder_on_another_machine_proves_nothing()
    {
        await RunAsync(Killed);
        string marker = Directory.GetFiles(Path.Combine(_folder, ".terraform")).Single();
        string[] lines = await File.ReadAllLinesAsync(marker);
        await File.WriteAllLinesAsync(marker, ["another-machine", .. lines[1..]]);
        _held = Of(Dns.GetHostName(), DateTime.UtcNow.AddSeconds(1));

        await RunAsync(Done);

        Assert.That((_released, _waits), Is.EqualTo(((List<string>)[], (List<string>)[Wait, Wait])));
    }

    [TestCase("push")]
    [TestCase("plan")]
    [TestCase("apply")]
    [TestCase("destroy")]
    public async Task Every_command_that_locks_takes_it_over_by_its_id(string verb)
    {
        DeploymentFolder folder = _home.Home.Deployment("abc");
        folder.Create();
        BackendFile.Write(folder.Terraform, "s3", []);
        await RunAsync(folder, verb, new RecordingRunner(command => IsVerb(command) ? Killed : null));
        string refusal = "Error acquiring the state lock\nLock Info:\n  ID:        the-id\n"
            + $"  Who:       ann@{Dns.GetHostName()}\n  Created:   {Time(DateTime.UtcNow.AddSeconds(1))}";
        bool isHeld = true;
        var runner = new RecordingRunner(command =>
        {
            isHeld &= !command.Arguments.Contains("force-unlock");
            return IsVerb(command) && isHeld ? Refused(command) : null;
        });

        await RunAsync(folder, verb, runner);

        Assert.That(
            runner.Lines.Where(line => !line.Contains("state pull", StringComparison.Ordinal)).Select(Short),
            Is.EqualTo([$"{verb} 0s", "force-unlock -force -no-color the-id", $"{verb} 60s"]));

        bool IsVerb(ToolCommand command) => command.Arguments.Take(2).Contains(verb);

        string Short(string line) =>
            line.Contains($"{verb} ", StringComparison.Ordinal)
                ? $"{verb} {line.Split("-lock-timeout=")[1].Split(' ')[0]}"
                : line["terraform ".Length..];

        // With -json Terraform says it on its output.
        ToolResult Refused(ToolCommand command)
        {
            command.OnOutput?.Invoke(JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["type"] = "diagnostic",
                ["diagnostic"] = new { severity = "error", summary = "Error", detail = refusal },
            }));
            return RecordingRunner.Result(1, error: verb == "push" ? refusal : "");
        }
    }

    private static async Task RunAsync(DeploymentFolder folder, string verb, RecordingRunner runner)
    {
        var tool = new TerraformTool("terraform");
        var none = new Dictionary<string, string?>();
        var workspace = new TerraformWorkspace(folder, tool, none, runner, new RecordedEvents())
        {
            IsTerraformRunning = () => false,
        };
        try
        {
            await (verb switch
            {
                "plan" => workspace.PlanAsync([], takesNoLock: false, CancellationToken.None),
                "apply" => workspace.ApplyAsync(CancellationToken.None),
                "destroy" => workspace.DestroyAsync(CancellationToken.None),
                _ => new StateStore(folder.Terraform, tool, none, runner) { IsTerraformRunning = () => false }
                    .PushAsync("a state", force: false, CancellationToken.None),
            });
        }
        catch (DiagnosticException) when (runner.Lines.Count <= 3)
        {
            // The killed one.
        }
    }

    private static string Time(DateTime time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.ffffff +0000 UTC", CultureInfo.InvariantCulture);

    private static LockInfo Of(string host, DateTime since) => new(
        "the-id", $"ann@{host}", Time(since), "push");

    // While the lock is held, a run that does not wait fails, and one that waits gets it in the end.
    private Task<ToolResult> RunAsync(ToolResult ending) =>
        new LeftLock(_folder) { IsTerraformRunning = () => _isRunning }.RunAsync(
            Wait,
            wait =>
            {
                _waits.Add(wait);
                return Task.FromResult(_held is not null && wait == "0s" ? RecordingRunner.Result(1) : ending);
            },
            result => result.Succeeded ? null : _held,
            held =>
            {
                _released.Add(held.Id);
                _held = null;
                return Task.CompletedTask;
            });
}
