using System.Text.Json;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Cli.Tests;

public sealed class HistoryViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly DeploymentRecord Record = new()
    {
        Id = "abc123xyz",
        Name = "hello",
        AppName = "hello",
        AppPath = "/apps/hello",
        PatternName = "single-vm",
        Grid = "local",
        CreatedAt = Start,
        UpdatedAt = Start,
        IpRange = "10.42.0.0/16",
        Seed = new string('0', 64),
    };

    private static readonly RunHistory Whole = new()
    {
        Run = "r1",
        Verb = "up",
        Command = "tfgrid-compose up\u001b[2J hello",
        User = "ann",
        Host = "desk",
        ProcessId = 4711,
        WrittenBy = "0.1.0",
        StartedAt = Start,
        EndedAt = Start.AddSeconds(61.5),
        Result = RunResult.Failed,
        Detail = "TFC0512",
        Phases =
        [
            new PhaseHistory(PhaseId.Infrastructure, Start, RunResult.Done, TimeSpan.FromSeconds(40.2), "first time"),
            new PhaseHistory(PhaseId.Wait, Start, RunResult.Failed, TimeSpan.FromMilliseconds(9), "TFC0601"),
        ],
    };

    // As an older build wrote it, and killed: no end, no names.
    private static readonly RunHistory Older = new()
    {
        Verb = "down",
        StartedAt = Start,
        Result = RunResult.Interrupted,
        Phases = [new PhaseHistory(PhaseId.Verify, Start, RunResult.Interrupted, null, null)],
    };

    [Test]
    public void Phases_of_all_runs_stand_in_the_same_columns() => Assert.That(HistoryView.Text([Whole, Older]), Is.EqualTo("""
        2026-01-02 03:04:05 UTC  up failed after 61.5 s (TFC0512): ann on desk, process 4711, run r1
            tfgrid-compose up?[2J hello
            infrastructure  done         40.2 s  first time
            wait            failed        0.0 s  TFC0601
        2026-01-02 03:04:05 UTC  down interrupted: ?
            verify          interrupted       -

        """));

    [Test]
    public void Without_a_run_that_is_said() => Assert.That(HistoryView.Text([]), Is.EqualTo("nothing has run yet\n"));

    [Test]
    public void Scripts_get_times_in_milliseconds()
    {
        JsonElement json = JsonDocument.Parse(HistoryView.Json(Record, [Whole, Older])).RootElement;

        JsonElement run = json.GetProperty("runs")[0];
        Assert.That((json.GetProperty("id").GetString(), json.GetProperty("name").GetString()), Is.EqualTo(("abc123xyz", "hello")));
        Assert.That(run.GetProperty("milliseconds").GetInt64(), Is.EqualTo(61_500));
        Assert.That(
            run.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("milliseconds").GetInt64()),
            Is.EqualTo([40_200, 9]));
        Assert.That(run.EnumerateObject().Select(member => member.Name), Is.EqualTo(
            [
                "run",
                "verb",
                "command",
                "user",
                "host",
                "process_id",
                "written_by",
                "started_at",
                "ended_at",
                "milliseconds",
                "result",
                "detail",
                "phases",
            ]));
        Assert.That(run.GetProperty("phases")[1].ToString(), Is.EqualTo(
            """{"phase":"wait","started_at":"2026-01-02T03:04:05+00:00","result":"failed","milliseconds":9,"reason":"TFC0601"}""").IgnoreWhiteSpace);
        Assert.That(json.GetProperty("runs")[1].GetProperty("milliseconds").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }
}
