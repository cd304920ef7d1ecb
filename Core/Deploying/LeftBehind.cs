using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying;

/// <summary>What killed runs left in this user's folders.</summary>
internal static class LeftBehind
{
    public static void Clear(Surroundings here)
    {
        PlanScratch.Sweep();
        new UnfinishedRecords(here.Home, here.Ranges, new DeploymentIndex(here.Home)).Clear();
    }
}
