using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfgridCompose.LocalGrid.World;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    IgnoreReadOnlyProperties = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GridWorld))]
[JsonSerializable(typeof(List<ChainContract>))]
[JsonSerializable(typeof(NetworkSecrets))]
internal sealed partial class WorldJson : JsonSerializerContext;
