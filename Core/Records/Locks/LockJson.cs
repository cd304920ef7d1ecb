using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>JSON of a lock's holder, on one line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LockHolder))]
public sealed partial class LockJson : JsonSerializerContext;
