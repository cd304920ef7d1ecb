using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Deploying;

/// <summary>What runs that were killed left in this user's folders, and that nothing works from.</summary>
internal static class LeftBehind
{
    public static void Clear(Surroundings here)
    {
        PlanScratch.Sweep();
        new UnfinishedRecords(here.Home, here.Ranges, new DeploymentIndex(here.Home)).Clear();
    }
}
