using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Index;

/// <summary>JSON of a line of the index, on one line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IndexEntry))]
public sealed partial class IndexJson : JsonSerializerContext;
