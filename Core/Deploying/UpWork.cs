using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Lifecycle;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// The phases of one <c>up</c>: planned, carried out and recorded. Disposing closes connections and removes the saved
/// plan.
/// </summary>
internal sealed class UpWork(UpRun run, LifecycleHooks hooks, RunJournal journal) : IAsyncDisposable
{
    private readonly PhaseSequence _phases = new(run);
    private readonly PhaseExecutor _executor = new(run, journal, hooks);
    private readonly DeploymentStatus _before = run.Record.Status;

    // Planning is a part of the infrastructure phase: if Terraform fails there, that phase has failed. A running deployment
    // is still recorded as running.
    public async Task<PlannedPhases> PlanAsync(CheckedRequest ready, CancellationToken cancellation)
    {
        try
        {
            return await _phases.PlanAsync(ready, cancellation);
        }
        catch (DiagnosticException problem) when (problem.ExitCode == ExitCode.Infrastructure)
        {
            _executor.RecordFailedPlan(problem);
            if (run.Record.Status != DeploymentStatus.Running)
            {
                Recording.Try(run, () => run.Update(record => record with { Status = DeploymentStatus.Failed }));
            }

            throw;
        }
    }

    public async Task CarryOutAsync(PlannedPhases planned, CancellationToken cancellation)
    {
        await (run.Shared?.HoldAsync(cancellation) ?? Task.CompletedTask);
        run.Update(record => record with { Status = DeploymentStatus.Deploying });
        journal.Begin();
        try
        {
            await RunPhasesAsync(planned, cancellation);
        }
        catch (Exception problem)
        {
            Recording.Try(run, () => run.Update(record => record with { Status = DeploymentStatus.Failed }));
            Recording.Try(run, () => journal.End(problem));
            throw;
        }

        Recording.Try(run, () => _phases.RememberSkipped(planned.Plan));

        // The last phase records that the deployment runs. Without it (--only), the earlier status still applies.
        bool isFinal = planned.Plan.Runs(PhaseId.Finalize);
        run.Update(record => isFinal ? record : record with { Status = _before });
        journal.Done();
    }

    public async ValueTask DisposeAsync()
    {
        _phases.Dispose();
        foreach (RecordedHost host in run.Record.Hosts.Where(host => host.SshAddress is not null))
        {
            await run.Ssh(host).CloseAsync();
        }
    }

    private async Task RunPhasesAsync(PlannedPhases planned, CancellationToken cancellation)
    {
        // A hook that may stop the application phase runs before any of the app's files are copied.
        bool copiesEarly = planned.Plan.Runs(PhaseId.Application)
            && !hooks.Has(LifecycleHookTime.Before, PhaseId.Application.Word());
        try
        {
            foreach (PhaseStep step in planned.Plan.Steps)
            {
                if (copiesEarly && step is { Phase: PhaseId.Platform, Runs: true })
                {
                    _phases.Application.StartCopy(run, cancellation);
                }

                await (step.Runs
                    ? _executor.RunAsync(planned.Of(step.Phase), step, cancellation)
                    : _executor.SkipAsync(step));
            }
        }
        catch
        {
            await _phases.Application.SettleAsync();
            throw;
        }
    }
}
