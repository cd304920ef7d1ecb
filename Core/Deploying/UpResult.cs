using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying;

/// <summary>The deployment after <c>up</c>, and what became of the request.</summary>
public sealed record UpResult(DeploymentRecord Record, UpOutcome Outcome);

public enum UpOutcome
{
    Done,

    /// <summary>It runs, and nothing has changed.</summary>
    NothingToDo,

    /// <summary>
    /// The plan was shown and not agreed to; nothing was changed, and a new deployment is forgotten again.
    /// </summary>
    Declined,
}
