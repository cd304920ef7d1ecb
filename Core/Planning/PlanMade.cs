using TfgridCompose.Core.Events;

namespace TfgridCompose.Core.Planning;

/// <summary>What is about to be done.</summary>
public sealed record PlanMade(DeploymentPlan Plan) : DeploymentEvent;
