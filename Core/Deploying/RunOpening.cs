using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying;

/// <summary>Makes or refreshes the deployment's record and folder, from which a run of <c>up</c> works.</summary>
internal sealed class RunOpening(Surroundings here, DeploymentHold hold, Action<DeploymentFolder> attachLog)
{
    public async Task<UpRun> OpenAsync(AppRequest request, CheckedRequest ready, CancellationToken cancellation)
    {
        ValidatedApp app = ready.App;
        bool isNew = hold.Existing is null;
        DeploymentRecord record = hold.Existing is { } existing
            ? DeploymentCreation.Refreshed(existing, app) with
            {
                StateLineage = ready.StateIsLost ? null : existing.StateLineage ?? ready.StateLineage,
            }
            : await CreateAsync(request, app, cancellation);
        here.Mask.Add(record.Seed);
        here.Events.Emit(new DeploymentSelected(record.Id, record.AppName, record.PatternName, record.Grid, isNew));
        var run = new UpRun(here, app, record, request.Asked) { Shared = hold.Shared };
        if (isNew)
        {
            await hold.AddAsync(record, cancellation);
            run.Update(same => same);
        }

        attachLog(run.Folder);
        if (new DeploymentLink(here).Point(record))
        {
            await new GitAdvice(here).SayAsync(record.AppPath, cancellation);
        }

        return run;
    }

    // Claims the place in the backend before it creates the record: if two machines begin at once, one is refused and has
    // nothing to clean up.
    private async Task<DeploymentRecord> CreateAsync(
        AppRequest request, ValidatedApp app, CancellationToken cancellation)
    {
        await hold.Shared.HoldAsync(cancellation);
        return await hold.Shared.BeginAsync(new DeploymentCreation(here).Create(app, request.Name), cancellation);
    }
}
