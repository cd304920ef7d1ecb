using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>The far end of <see cref="SudoEngine"/>.</summary>
internal static class EngineVerb
{
    public static int Run(WorldStore store)
    {
        using var finish = new FinishWork();
        var request = JsonSerializer.Deserialize(Console.In.ReadToEnd(), EngineJson.Default.EngineRequest);
        var response = request is null ? new EngineResponse { ErrorSummary = "Bad engine request" } : Answer(store, request);
        Console.Out.Write(JsonSerializer.Serialize(response, EngineJson.Default.EngineResponse));
        return 0;
    }

    private static EngineResponse Answer(WorldStore store, EngineRequest request)
    {
        try
        {
            return new LocalEngine(store).Run(request);
        }
        catch (GridException e)
        {
            return EngineResponse.Failed(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AggregateException)
        {
            return EngineResponse.Failed(new GridException("The local grid failed", e.Message));
        }
    }
}
