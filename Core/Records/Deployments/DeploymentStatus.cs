using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Deployments;

[JsonConverter(typeof(JsonStringEnumConverter<DeploymentStatus>))]
public enum DeploymentStatus
{
    [JsonStringEnumMemberName("deploying")]
    Deploying,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("destroying")]
    Destroying,
}
