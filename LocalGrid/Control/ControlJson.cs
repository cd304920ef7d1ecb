using System.Text.Json.Serialization;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageEvent))]
[JsonSerializable(typeof(Requirements))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(RemovalReport))]
[JsonSerializable(typeof(MachineReport))]
[JsonSerializable(typeof(StartReport))]
[JsonSerializable(typeof(List<FaultRecord>))]
internal sealed partial class ControlJson : JsonSerializerContext;
