using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// What costs money is agreed to beforehand; the local grid costs nothing. Where the answer is no, or nobody can
/// answer, a new deployment is forgotten again.
/// </summary>
internal sealed class Agreement(UpRun run, bool isNew)
{
    public async Task<bool> IsGivenAsync(DeploymentPlan plan)
    {
        bool agreed = false;
        try
        {
            return agreed = run.App.Grid.IsLocal
                || plan.Infrastructure is not { ChangesResources: true }
                || run.Request.Approve(plan);
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
