using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// The loss of data is agreed to beforehand on every grid, and what costs money on a paid one. Where the answer is no,
/// or nobody can answer, a new deployment is forgotten again.
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
