using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Journals;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunJournalTests : IDisposable
{
    private static readonly LockHolder Ann = new("ann", "laptop", 42, "tfgrid-compose up --env TOKEN=***", DateTimeOffset.UnixEpoch);
    private readonly TestHome _home = new();
    private readonly SteppingClock _clock = new();
    private readonly Journal _journal;

    public RunJournalTests() => _journal = new Journal(Path.Combine(_home.Root, "journal"));

    public void Dispose() => _home.Dispose();

    [Test]
    public void Every_line_says_which_run_wrote_it_and_who_ran()
    {
        RunJournal first = Run();
        first.Begin();
        first.Begin(PhaseId.Wait, "first time");
        RunJournal second = Run("down");
        second.Begin();

        IReadOnlyList<JournalEntry> lines = _journal.Read();

        Assert.That(lines[0].Run, Does.Match("^[0-9a-f]{8}$").And.EqualTo(lines[1].Run).And.Not.EqualTo(lines[2].Run));
        Assert.That(lines[1] with { Run = null }, Is.EqualTo(new JournalEntry
        {
            At = _clock.GetUtcNow(),
            Verb = "up",
            Phase = PhaseId.Wait,
            Result = JournalResult.Started,
            Detail = "first time",
            User = "ann",
            Host = "laptop",
            ProcessId = 42,
            WrittenBy = "1.2.3",
        }));
        Assert.That((lines[0].Phase, lines[0].Command), Is.EqualTo(((PhaseId?)null, "tfgrid-compose up --env TOKEN=***")));
        Assert.That(File.ReadAllText(Path.Combine(_home.Root, "journal")), Does.StartWith("{\"schema\":1,"));
    }

    [Test]
    public void What_fails_after_an_interrupt_was_cancelled_and_has_no_name_of_an_exception()
    {
        var journal = new RunJournal(_journal, "up", Ann, "1.0.0", TimeProvider.System) { Interrupted = new CancellationToken(true) };
        journal.Begin();
        journal.Begin(PhaseId.Platform, "first time");
        journal.End(PhaseId.Platform, TimeSpan.FromSeconds(1), Problem("TFC0501"));
        journal.End(new OperationCanceledException());

        RunHistory run = DeploymentHistory.Of(_journal.Read(), working: null).Single();

        Assert.That((run.Result, run.Detail), Is.EqualTo((RunResult.Cancelled, (string?)null)));
        Assert.That((run.Phases.Single().Result, run.Phases.Single().Reason), Is.EqualTo((RunResult.Cancelled, "TFC0501")));
    }

    [Test]
    public void History_tells_how_each_run_ended()
    {
        Whole(Run(), PhaseId.Infrastructure, PhaseId.Network);
        RunJournal failed = Run();
        failed.Begin();
        failed.Begin(PhaseId.Platform, "its inputs changed");
        failed.End(PhaseId.Platform, TimeSpan.FromSeconds(3), Problem("TFC0501"));
        failed.End(Problem("TFC0501"));
        RunJournal cancelled = Run();
        cancelled.Begin();
        cancelled.Begin(PhaseId.Wait, "x");
        cancelled.End(PhaseId.Wait, TimeSpan.FromSeconds(1), new OperationCanceledException());
        cancelled.End(new OperationCanceledException());
        RunJournal killed = Run();
        killed.Begin();
        killed.Begin(PhaseId.Wait, "x");

        IReadOnlyList<RunHistory> runs = DeploymentHistory.Of(_journal.Read(), working: null);

        Assert.That(
            runs.Select(run => run.Result),
            Is.EqualTo([RunResult.Done, RunResult.Failed, RunResult.Cancelled, RunResult.Interrupted]));
        Assert.That(runs.Select(run => string.Join(
            ' ',
            run.Phases.Select(phase => $"{phase.Phase}:{phase.Result}:{phase.Spent?.TotalSeconds}"))), Is.EqualTo(
            ["Infrastructure:Done:2 Network:Done:2", "Platform:Failed:3", "Wait:Cancelled:1", "Wait:Interrupted:"]));
        Assert.That(
            (runs[1].Detail, runs[1].Command, runs[3].EndedAt),
            Is.EqualTo(("TFC0501", "tfgrid-compose up --env TOKEN=***", (DateTimeOffset?)null)));
        Assert.That(DeploymentHistory.Of(_journal.Read(), Ann)[^1].Result, Is.EqualTo(RunResult.Running), "its process is still at it");
        Assert.That(
            DeploymentHistory.Of(_journal.Read(), Ann with { ProcessId = 7 })[^1].Result,
            Is.EqualTo(RunResult.Interrupted),
            "somebody else is at it");
        Assert.That(
            DeploymentHistory.LastOfEachPhase(runs).Select(phase => (phase.Phase, phase.Result)),
            Is.EqualTo(new[]
            {
                (PhaseId.Infrastructure, RunResult.Done),
                (PhaseId.Network, RunResult.Done),
                (PhaseId.Wait, RunResult.Interrupted),
                (PhaseId.Platform, RunResult.Failed),
            }));
    }

    [Test]
    public void What_did_not_end_well_names_phase_codes_and_machines()
    {
        Whole(Run(), PhaseId.Infrastructure);
        Assert.That(BadEnd.Of(DeploymentHistory.Of(_journal.Read(), working: null)), Is.Null);
        RunJournal failed = Run();
        var problem = new DiagnosticException(
            ExitCode.Application,
            [.. new[] { "web_1", "web_2", null }.Select(
                machine => Diagnostic.Error("TFC0512", "m", "r") with { Machine = machine })]);
        failed.Begin();
        failed.Begin(PhaseId.Platform, "x");
        failed.Done(PhaseId.Platform, TimeSpan.FromSeconds(1), "in");
        failed.Begin(PhaseId.Application, "x");
        failed.End(PhaseId.Application, TimeSpan.FromSeconds(1), problem);
        failed.End(problem);
        Assert.That(End(), Is.EqualTo("up failed in application (TFC0512) on web_1, web_2"));
        RunJournal refused = Run("down");
        refused.Begin();
        refused.End(Problem("TFC0404"));
        Assert.That(End(), Is.EqualTo("down failed (TFC0404)"));
        RunJournal cancelled = Run();
        cancelled.Begin();
        cancelled.Begin(PhaseId.Wait, "x");
        cancelled.End(PhaseId.Wait, TimeSpan.FromSeconds(1), new OperationCanceledException());
        cancelled.End(new OperationCanceledException());
        Assert.That(End(), Is.EqualTo("up cancelled in wait"));
        RunJournal killed = Run();
        killed.Begin();
        killed.Begin(PhaseId.Wait, "x");
        Assert.That(End(), Is.EqualTo("up was interrupted in wait"));

        Whole(Run(), PhaseId.Infrastructure);
        Assert.That(End(), Is.EqualTo("up was interrupted in wait"), "a run of one phase does not mend the others");

        string? End() => BadEnd.Of(DeploymentHistory.Of(_journal.Read(), working: null))?.ToString();
    }

    [Test]
    public void Lines_about_the_verb_are_no_phase_for_the_planner()
    {
        Whole(Run(), PhaseId.Infrastructure, PhaseId.Network);
        RunJournal killed = Run();
        killed.Begin();
        killed.End(Problem("TFC0701"));

        DeploymentPlan plan = Planner.Plan(
            [
                new(PhaseId.Infrastructure, "in", []),
                new(PhaseId.Network, "in", [PhaseId.Infrastructure]),
            ], _journal.Read(), Observation.Nothing);

        Assert.That(plan.NothingToDo, string.Join(", ", plan.Steps.Select(step => step.Reason)));
    }

    private static DiagnosticException Problem(string code) => new(ExitCode.Application, code, "a secret of the tool", "mend it");

    private static void Whole(RunJournal run, params PhaseId[] phases)
    {
        run.Begin();
        foreach (PhaseId phase in phases)
        {
            run.Begin(phase, "first time");
            run.Done(phase, TimeSpan.FromSeconds(2), "in");
        }

        run.Done();
    }

    private RunJournal Run(string verb = "up") => new(_journal, verb, Ann, "1.2.3", _clock);
}
