using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>JSON of the files that Core keeps; generated at build, so that start-up pays no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeploymentRecord))]
[JsonSerializable(typeof(EndedDeployment))]
public sealed partial class RecordJson : JsonSerializerContext;
