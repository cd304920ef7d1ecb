using System.Text.Json;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>
/// The newest record for verbs that only read: without a lock, and from this machine's copy if the backend does not answer in
/// time.
/// </summary>
public sealed class SharedReader(Surroundings here, LockHolder asker)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Who works on the deployment from another machine or folder, as the backend says, or null.</summary>
    public LockHolder? Worker { get; private set; }

    public async Task<DeploymentRecord> NewestAsync(DeploymentRecord local, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(local.Id);
        if (local.SharedState is not { } shared || !BackendFile.IsIn(folder.SharedRecord))
        {
            return local;
        }

        try
        {
            var state = RecordState.In(here, folder.SharedRecord, shared.Location, Limit);
            return await AdoptAsync(state, await state.PullAsync(cancellation), local, cancellation);
        }
        catch (Exception problem) when (problem is DiagnosticException or IOException or JsonException)
        {
            Warn(
                local,
                problem is DiagnosticException { Diagnostics: [var first, ..] } ? first.Message : problem.Message);
            return local;
        }
    }

    private async Task<DeploymentRecord> AdoptAsync(
        RecordState state, RecordEnvelope now, DeploymentRecord local, CancellationToken cancellation)
    {
        var me = SharedHolder.Of(asker, here.Home);
        if (now.Payload?.EndOf(local.Id) is { } end)
        {
            here.Events.Emit(new DiagnosticRaised(SharedProblems.Ended(local, end).Diagnostics[0] with
            {
                Severity = Severity.Warning,
            }));
            return local;
        }

        Worker = WorkerIn(now.Payload, local, me);

        // While this home is writing, its copy is newer than the backend's.
        if (now.Payload is not { Record: { } record } payload
            || record.Id != local.Id
            || now.Version == state.KnownVersion
            || payload.Holder?.IsSameHome(me) == true)
        {
            return local;
        }

        // A running verb of this home has the newest record already, or is about to fetch it. After a `down`, there is no
        // record.
        using IDisposable? kept = DeploymentLock.TryKeep(here.Home, local);
        return kept is null || here.Store.Load(local.Id) is not { } own
            ? local
            : await new CopyRefresh(here, me).RunAsync(state, now, own, own.AppPath, cancellation);
    }

    private LockHolder? WorkerIn(SharedPayload? payload, DeploymentRecord local, SharedHolder me) =>
        payload is { Holder: { } holder }
            && (payload.Record is null || payload.Record.Id == local.Id)
            && !holder.IsDead(me)
            ? holder.AsLockHolder()
            : null;

    private void Warn(DeploymentRecord local, string reason) =>
        here.Events.Emit(new DiagnosticRaised(Diagnostic.Warning(
            SharedStateCodes.LocalCopyUsed,
            $"{local.SharedState?.Location} does not answer; this is the copy of {TimeText.Of(local.UpdatedAt)}: "
                + $"{reason.Split('\n')[0]}",
            "check that this machine reaches the backend and that its credentials are in the environment")));
}
