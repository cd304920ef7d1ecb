using TfgridCompose.Core.Foundation.Events;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>A plan was made and is about to be carried out.</summary>
public sealed record PlanMade(DeploymentPlan Plan) : DeploymentEvent;
