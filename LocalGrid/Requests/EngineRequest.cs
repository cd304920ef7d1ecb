namespace TfgridCompose.LocalGrid.Requests;

/// <summary>Work that needs root. It is sent on standard input, so that keys and values are not in a process list.</summary>
internal sealed record EngineRequest(string Operation)
{
    public const string ApplyNetwork = "apply-network";
    public const string DeleteNetwork = "delete-network";
    public const string ApplyDeployment = "apply-deployment";
    public const string DeleteDeployment = "delete-deployment";

    public NetworkSpec? Network { get; init; }

    public DeploymentSpec? Deployment { get; init; }

    public string? Id { get; init; }
}
