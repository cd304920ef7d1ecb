namespace TfgridCompose.Core.Records.Deployments;

public static class DeploymentStatuses
{
    /// <summary>The word in <c>state.yaml</c>: deploying, running, failed or destroying.</summary>
    public static string Word(this DeploymentStatus status) => status.ToString().ToLowerInvariant();
}
