using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Checks;

namespace TfgridCompose.Core.Tests.Tools.Checks;

/// <summary>The pattern's commands as <c>status</c> runs them.</summary>
public sealed class StatusCommandsTests
{
    private static readonly RecordedHost First = Host("front_1", "front", "192.0.2.1");
    private static readonly RecordedHost Second = Host("front_2", "front", "192.0.2.2");

    [Test]
    public async Task Only_those_of_the_role_that_are_for_status_run_on_its_first_machine()
    {
        var runner = new RecordingRunner();

        Assert.That(
            await OnAsync(runner, First, Shown("a", "front"), Shown("b", "back"), Shown("c", "front") with { InStatus = false }),
            Has.Count.EqualTo(1));
        Assert.That(await OnAsync(runner, Second, Shown("a", "front")), Is.Empty);
        ToolCommand ran = runner.Commands.Single();
        Assert.That(ran.Arguments.TakeLast(4), Is.EqualTo(["-T", "--", "root@192.0.2.1", "show 'a b'"]));
        Assert.That(ran.Arguments, Has.Member("ControlPath=none"), "a connection that nobody shares");
        Assert.That(ran.TimeLimit, Is.EqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task What_one_prints_is_kept_line_by_line()
    {
        (SeenCommand seen, string? problem) = await OneAsync(RecordingRunner.Result(0, "NAME\tSTATE\r\n  a\u001b[1m\tup \n\n"));

        Assert.That(problem, Is.Null);
        Assert.That((seen.Name, seen.Host, seen.ExitCode), Is.EqualTo(("a", "front_1", 0)));
        Assert.That(seen.Lines, Is.EqualTo(["NAME\tSTATE", "  a?[1m\tup"]));
    }

    [Test]
    public async Task One_that_prints_too_much_is_cut()
    {
        (SeenCommand seen, _) = await OneAsync(RecordingRunner.Result(0, string.Join('\n', Enumerable.Range(1, 250))));

        Assert.That(seen.Lines, Has.Count.EqualTo(101));
        Assert.That(seen.Lines.TakeLast(2), Is.EqualTo(["100", "... and 150 more lines"]));
    }

    [Test]
    public async Task One_that_prints_just_enough_is_shown_whole()
    {
        (SeenCommand seen, _) = await OneAsync(RecordingRunner.Result(0, string.Join('\n', Enumerable.Range(1, 100))));

        Assert.That(seen.Lines, Has.Count.EqualTo(100));
        Assert.That(seen.Lines[^1], Is.EqualTo("100"));
    }

    [TestCase(2, "", "not there\nat \u001b[31mall", "ended with exit code 2: not there at ?[31mall")]
    [TestCase(1, "half an answer", "", "ended with exit code 1: half an answer")]
    [TestCase(255, "", "", "ended with exit code 255")]
    public async Task A_failure_is_something_that_could_not_be_looked_at(int exitCode, string output, string error, string text)
    {
        (SeenCommand seen, string? problem) = await OneAsync(RecordingRunner.Result(exitCode, output, error));

        Assert.That(problem, Is.EqualTo(text));
        Assert.That(seen.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task So_is_one_that_takes_too_long()
    {
        (SeenCommand seen, string? problem) = await OneAsync(new ToolResult(-1, "", [], TimedOut: true));

        Assert.That(problem, Is.EqualTo("did not end within 15 s"));
        Assert.That((seen.ExitCode, seen.Lines.Count), Is.EqualTo(((int?)null, 0)));
    }

    private static async Task<(SeenCommand Seen, string? Problem)> OneAsync(ToolResult result) =>
        (await OnAsync(new RecordingRunner(_ => result), First, Shown("a", "front"))).Single();

    private static Task<IReadOnlyList<(SeenCommand Seen, string? Problem)>> OnAsync(
        IToolRunner runner,
        RecordedHost host,
        params RecordedCommand[] commands)
    {
        var home = new TfgridHome("/nowhere");
        DeploymentRecord record = new()
        {
            Id = "abc",
            Name = "n",
            AppName = "n",
            AppPath = "/a",
            PatternName = "p",
            Grid = "local",
            IpRange = "10.1.0.0/16",
            Seed = "00",
            CreatedAt = default,
            UpdatedAt = default,
            Hosts = [First, Second],
            Commands = commands,
        };
        return new StatusCommands(runner).OnAsync(record, host, home.Deployment("abc"), CancellationToken.None);
    }

    private static RecordedCommand Shown(string name, string role) =>
        new() { Name = name, Role = role, Command = ["show", "a b"], InStatus = true };

    private static RecordedHost Host(string name, string role, string address) => new() { Name = name, Role = role, SshAddress = address };
}
