using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>The process that <see cref="SudoEngine"/> starts.</summary>
internal sealed class EngineVerb(WorldStore store, Computer computer, Streams streams)
{
    private const int LongestRequest = 4 << 20;

    public int Run()
    {
        using var finish = new FinishWork();
        EngineResponse response = Answer();
        streams.Out.Write(JsonSerializer.Serialize(response, EngineJson.Default.EngineResponse));
        return 0;
    }

    private EngineResponse Answer()
    {
        try
        {
            return new LocalEngine(store, computer).Run(Read());
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

    // The caller is not root, although this process is. A request must have the exact form, and is not read beyond a limit.
    private EngineRequest Read()
    {
        char[] text = new char[LongestRequest + 1];
        int length = streams.In.ReadBlock(text);
        if (length > LongestRequest)
        {
            throw Bad($"the request is longer than {LongestRequest} characters");
        }

        try
        {
            return JsonSerializer.Deserialize(text.AsSpan(0, length), EngineJson.Default.EngineRequest)
                ?? throw Bad("the request is empty");
        }
        catch (JsonException e)
        {
            throw Bad($"the request cannot be read: {Words.Shown(e.Message)}");
        }
    }

    private static GridException Bad(string problem) => new("Bad engine request", problem);
}
