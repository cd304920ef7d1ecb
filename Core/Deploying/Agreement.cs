using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// Asks the user before data is lost, and on a paid grid before anything costs money. If the answer is no, or nobody can
/// answer, a new deployment is discarded again.
/// </summary>
internal sealed class Agreement(UpRun run, bool isNew)
{
    public async Task<bool> IsGivenAsync(DeploymentPlan plan)
    {
        bool agreed = false;
        try
        {
            return agreed = plan.Infrastructure is not { } infrastructure
                || ((!infrastructure.LosesData || run.Request.ApproveDataLoss(infrastructure))
                    && (!infrastructure.ChangesResources || run.App.Grid.IsLocal || run.Request.Approve(plan)));
        }
        finally
        {
            if (!agreed && isNew)
            {
                await (run.Shared?.WithdrawAsync() ?? Task.CompletedTask);
                new DeploymentCreation(run.Here).Discard(run.Record);
            }
        }
    }
}
