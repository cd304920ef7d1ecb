using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Runs each request as root: `sudo -n THIS engine`, request on stdin, response on stdout.</summary>
internal sealed class SudoEngine(Computer computer) : IEngine
{
    public EngineResponse Run(EngineRequest request)
    {
        string input = JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest);
        ToolResult result = computer.Tools.Try(["sudo", "-n", "--", computer.Program, "engine"], input);
        if (result.Output.StartsWith('{'))
        {
            EngineResponse response = JsonSerializer.Deserialize(result.Output, EngineJson.Default.EngineResponse) ?? new EngineResponse();
            return response.Network is null ? response.ThrowIfFailed() : response;
        }

        throw new GridException("The local grid needs root", $"{SudoAdvice.For(computer.Program)}\nsudo said: {result.LastErrors}");
    }
}
