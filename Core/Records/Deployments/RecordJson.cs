using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>JSON of the files that Core keeps; source-generated, so that start-up needs no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeploymentRecord))]
[JsonSerializable(typeof(EndedDeployment))]
public sealed partial class RecordJson : JsonSerializerContext;
