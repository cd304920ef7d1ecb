using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Lifecycle;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Planning;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Orchestration;

/// <summary>Carries out a plan's steps one by one and writes each into the journal. It decides nothing.</summary>
public sealed class PhaseExecutor(UpRun run, Journal journal, LifecycleHooks hooks)
{
    /// <summary>The lines so far.</summary>
    public IReadOnlyList<JournalEntry> Journal => journal.Read();

    public async Task RunAsync(IPhase phase, PhaseStep step, CancellationToken cancellation)
    {
        if (!step.Runs)
        {
            run.Here.Events.Emit(new PhaseSkipped(step.Phase, step.Reason));
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        run.Here.Events.Emit(new PhaseStarted(step.Phase, step.Reason));
        Write(step, JournalResult.Started, null, step.Reason);
        long started = run.Here.Clock.GetTimestamp();
        try
        {
            await hooks.BeforeAsync(step.Phase.Word(), HookFacts.Of(run.Record), cancellation);
            await phase.RunAsync(run, cancellation);
        }
        catch (Exception problem)
        {
            TimeSpan spent = run.Here.Clock.GetElapsedTime(started);
            JournalResult result = problem is OperationCanceledException ? JournalResult.Cancelled : JournalResult.Failed;
            Recording.Try(run, () => Write(step, result, spent, CodesOf(problem)));
            await Recording.TryAsync(run, () => run.PublishAsync(CancellationToken.None));
            run.Here.Events.Emit(new PhaseFailed(step.Phase, spent));
            throw;
        }

        TimeSpan duration = run.Here.Clock.GetElapsedTime(started);
        Write(step, JournalResult.Done, duration, null, phase.Inputs(run));
        await run.PublishAsync(cancellation);
        run.Here.Events.Emit(new PhaseCompleted(step.Phase, duration));
        await hooks.AfterAsync(step.Phase.Word(), HookFacts.Of(run.Record), cancellation);
    }

    /// <summary>A plan that could not be made has changed nothing: later phases have no reason in it.</summary>
    public void RecordFailedPlan(DiagnosticException problem) => Recording.Try(
        run, () => Write(new PhaseStep(PhaseId.Infrastructure, true, "") { Changes = false }, JournalResult.Failed, null, CodesOf(problem)));

    // The journal holds codes, not messages: a tool's last lines may hold what the mask does not know.
    private static string CodesOf(Exception problem) =>
        problem is DiagnosticException expected ? string.Join(' ', expected.Diagnostics.Select(diagnostic => diagnostic.Code)) : problem.GetType().Name;

    private void Write(PhaseStep step, JournalResult result, TimeSpan? duration, string? detail, string? inputs = null) => journal.Append(new JournalEntry
    {
        At = run.Here.Clock.GetUtcNow(),
        Verb = "up",
        Phase = step.Phase,
        Changed = step.Changes ? null : false,
        Result = result,
        Milliseconds = (long?)duration?.TotalMilliseconds,
        Detail = detail,
        Inputs = inputs,
        User = run.Here.User,
    });
}
