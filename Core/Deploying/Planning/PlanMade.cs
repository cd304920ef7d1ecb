using TfgridCompose.Core.Foundation.Events;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What is about to be done.</summary>
public sealed record PlanMade(DeploymentPlan Plan) : DeploymentEvent;
