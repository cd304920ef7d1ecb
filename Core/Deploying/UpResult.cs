using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying;

/// <summary>The deployment after <c>up</c>, and the outcome of the request.</summary>
public sealed record UpResult(DeploymentRecord Record, UpOutcome Outcome);

public enum UpOutcome
{
    Done,

    /// <summary>It runs, and nothing has changed.</summary>
    NothingToDo,

    /// <summary>The user did not agree to the plan. Nothing was changed, and a new deployment was discarded again.</summary>
    Declined,
}
