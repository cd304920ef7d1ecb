using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Sharing.Payloads;

namespace TfgridCompose.Core.Sharing.Copies;

/// <summary>Updates this home's copy of a shared record if the backend's is newer.</summary>
internal sealed class CopyRefresh(Surroundings here, SharedHolder me)
{
    public async Task<DeploymentRecord> RunAsync(
        RecordState state,
        RecordEnvelope last,
        DeploymentRecord known,
        string appFolder,
        CancellationToken cancellation)
    {
        if (last.Payload is not { Record: { } shared } payload || state.KnownVersion == last.Version)
        {
            return known;
        }

        // What this home was writing when it ended is newer than the backend's copy, even if no answer arrived.
        DeploymentRecord record = payload.Holder?.IsSameHome(me) == true
            ? known
            : await new LocalCopy(here, me.Host).ApplyAsync(payload, shared, known, appFolder, cancellation);
        state.Know(last);
        if (record != known && record.Outputs is null)
        {
            // If an apply failed on another machine, only Terraform's state knows what it created.
            await new Attachment(here, me.Host)
                .OpenTerraformAsync(record, here.Home.Deployment(record.Id), cancellation);
        }

        return record;
    }
}
