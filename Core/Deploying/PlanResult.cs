using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying;

/// <param name="Record">The deployment as it is, or as it would be made.</param>
/// <param name="IsNew">Whether it does not exist yet; its id is then only an example.</param>
/// <param name="Plan">What <c>up</c> would do.</param>
public sealed record PlanResult(DeploymentRecord Record, bool IsNew, DeploymentPlan Plan);
