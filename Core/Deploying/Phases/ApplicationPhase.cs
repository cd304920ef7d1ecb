using TfgridCompose.Core.Deploying.Apps;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>
/// Copies the app and runs its hooks, or its playbook in their place, on the hosts that do not have this version of it.
/// </summary>
public sealed class ApplicationPhase : IPhase
{
    private Task<AppRollout>? _copy;

    public PhaseId Id => PhaseId.Application;

    /// <summary>Whether a check failed, so that hosts get the app again even if they have this version.</summary>
    public bool Repairs { get; set; }

    public IReadOnlyList<PhaseId> RunsAfter => [PhaseId.Infrastructure];

    public string Inputs(UpRun run) => AppEnvironment.Inputs(run);

    public IReadOnlyList<InputPart> Parts(UpRun run) => AppParts.Of(run);

    /// <summary>
    /// Begins the copy to the hosts that do not wait for their turn, so that the source is sent while Ansible runs. <see
    /// cref="RunAsync"/> awaits it.
    /// </summary>
    public void StartCopy(UpRun run, CancellationToken cancellation) => _copy ??= CopyAsync(run, cancellation);

    /// <summary>
    /// Waits for a copy that was begun, after another phase failed: that phase's error is the one to report.
    /// </summary>
    public async Task SettleAsync()
    {
        if (_copy is not null)
        {
            await ((Task)_copy).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        AppRollout rollout = await (_copy ??= CopyAsync(run, cancellation));
        rollout = rollout with { AtOnce = await new AppCopy(run).FinishAsync(rollout.AtOnce, cancellation) };
        foreach (AppTarget target in rollout.Unchanged)
        {
            run.Here.Events.Emit(new Note($"{target.Host} has this version of the app already"));
        }

        await new AppInstallation(run).CarryOutAsync(rollout, cancellation);
    }

    private async Task<AppRollout> CopyAsync(UpRun run, CancellationToken cancellation)
    {
        RecordHosts(run, run.AppHosts());
        IReadOnlyList<RecordedHost> hosts = run.AppHosts();
        bool forced = run.Request.Selection.Forces(PhaseId.Application) is not null;
        var rollout =
            AppRollout.Of([.. hosts.Select(host => TargetOf(run, host))], run.App.Manifest.Deployment.Strategy, forced);
        return rollout with { AtOnce = await new AppCopy(run).ToAsync(rollout.AtOnce, cancellation) };
    }

    // From the second host on, logs carry the host's name.
    private void RecordHosts(UpRun run, IReadOnlyList<RecordedHost> hosts)
    {
        if (run.Record.AppHosts is [var only] && hosts.Count > 1)
        {
            HookLog.Name(run.Folder, run.App.Manifest.Deployment.Hooks.Select(hook => hook.Name), only);
        }

        // Recorded, so that a run that is cut short here is resumed with the same hosts.
        run.Update(record => record with
        {
            AppHosts = [.. hosts.Select(host => host.Name)],
            Hosts = Repairs ? [.. record.Hosts.Select(Begun)] : record.Hosts,
            Values = ValueOrigins.Of(run),
        });
    }

    private static RecordedHost Begun(RecordedHost host) => host.AppInputs is null ? host : host with { AppInputs = "" };

    private static AppTarget TargetOf(UpRun run, RecordedHost host) =>
        new(host.Name, host.AppInputs, AppEnvironment.InputsOf(run, host));
}
