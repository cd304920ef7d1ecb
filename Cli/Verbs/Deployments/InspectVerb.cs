using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>Everything that is recorded about a deployment, without its secrets. Asks no machine and no grid.</summary>
internal static class InspectVerb
{
    public static Task<int> RunAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        DeploymentFolder folder = context.Here.Home.Deployment(record.Id);
        var page = new InspectedDeployment
        {
            Record = record,
            Folder = folder.Path,
            Files = InspectedFile.In(folder.Path),
            Phases = DeploymentHistory.LastOfEachPhase(HistoryVerb.Of(record, context)),
            LockedBy = ProcessLocks.Working(context.Here.Home, record),
            IsSelected = new Selection(context.Here.Home).Read() == record.Id,
        };
        context.Streams.Out.Write(context.Global.Json ? InspectionView.Json(page) : InspectionView.Text(page));
        return Task.FromResult(0);
    }
}
