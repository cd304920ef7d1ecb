using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>The process that <see cref="SudoEngine"/> starts.</summary>
internal sealed class EngineVerb(WorldStore store, Computer computer, Streams streams)
{
    public int Run()
    {
        using var finish = new FinishWork();
        EngineRequest? request = JsonSerializer.Deserialize(streams.In.ReadToEnd(), EngineJson.Default.EngineRequest);
        EngineResponse response = request is not null
            ? Answer(request)
            : EngineResponse.Failed(new GridException("Bad engine request", "the request is empty"));
        streams.Out.Write(JsonSerializer.Serialize(response, EngineJson.Default.EngineResponse));
        return 0;
    }

    private EngineResponse Answer(EngineRequest request)
    {
        try
        {
            return new LocalEngine(store, computer).Run(request);
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
