using System.Text.Json;
using System.Text.Json.Serialization;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record ImageEvent(string Event)
{
    public string? Message { get; init; }

    public string? Path { get; init; }

    public bool? Built { get; init; }
}

internal static class ImageVerb
{
    public static int Ensure(WorldStore store)
    {
        var (path, built) = new BaseImage(store.Paths).Ensure(message => Emit(new ImageEvent("progress") { Message = message }));
        Emit(new ImageEvent("done") { Path = path, Built = built });
        return 0;
    }

    private static void Emit(ImageEvent line) => Console.Out.WriteLine(JsonSerializer.Serialize(line, ControlJson.Default.ImageEvent));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageEvent))]
[JsonSerializable(typeof(Requirements))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(RemovalReport))]
[JsonSerializable(typeof(MachineReport))]
[JsonSerializable(typeof(List<FaultRecord>))]
internal sealed partial class ControlJson : JsonSerializerContext;
