using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Core.Deploying;

/// <summary>Carries out a plan's steps one by one and writes each into the journal. It decides nothing.</summary>
public sealed class PhaseExecutor(UpRun run, RunJournal journal, LifecycleHooks hooks)
{
    /// <summary>Shows why a phase does not run.</summary>
    public Task SkipAsync(PhaseStep step)
    {
        run.Here.Events.Emit(new PhaseSkipped(step.Phase, step.Reason));
        return Task.CompletedTask;
    }

    public async Task RunAsync(IPhase phase, PhaseStep step, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        run.Here.Events.Emit(new PhaseStarted(step.Phase, step.Reason));
        journal.Begin(step.Phase, step.Reason, Changed(step));
        long started = run.Here.Clock.GetTimestamp();
        try
        {
            await hooks.BeforeAsync(step.Phase.Word(), LifecycleHookFacts.Of(run.Record), cancellation);
            await phase.RunAsync(run, cancellation);
        }
        catch (Exception problem)
        {
            TimeSpan spent = run.Here.Clock.GetElapsedTime(started);
            Recording.Try(run, () => journal.End(step.Phase, spent, problem, Changed(step)));
            await Recording.TryAsync(run.Here.Events, () => run.PublishAsync(CancellationToken.None));
            run.Here.Events.Emit(new PhaseFailed(step.Phase, spent, cancellation.IsCancellationRequested));
            throw;
        }

        TimeSpan duration = run.Here.Clock.GetElapsedTime(started);
        string inputs = phase.Inputs(run);
        IReadOnlyList<InputPart> parts = phase.Parts(run);
        run.Remember(record => InputRecording.With(record, step.Phase, inputs, parts));
        journal.Done(step.Phase, duration, inputs, Changed(step));
        await run.PublishAsync(cancellation);
        run.Here.Events.Emit(new PhaseCompleted(step.Phase, duration));
        await hooks.AfterAsync(step.Phase.Word(), LifecycleHookFacts.Of(run.Record), cancellation);
    }

    /// <summary>A plan that failed has changed nothing, so it is no reason for later phases to run.</summary>
    public void RecordFailedPlan(DiagnosticException problem) => Recording.Try(run, () =>
    {
        journal.Begin();
        journal.End(PhaseId.Infrastructure, null, problem, changed: false);
        journal.End(problem);
    });

    private static bool? Changed(PhaseStep step) => step.Changes ? null : false;
}
