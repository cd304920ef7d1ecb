using System.Text.Json;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Runs each request as root: `sudo -n THIS engine`, request on stdin, response on stdout.</summary>
internal sealed class SudoEngine : IEngine
{
    public EngineResponse Run(EngineRequest request)
    {
        var self = Environment.ProcessPath ?? "tfgrid-localgrid";
        var input = JsonSerializer.Serialize(request, EngineJson.Default.EngineRequest);
        var result = Tool.Try(["sudo", "-n", "--", self, "engine"], input);
        if (result.Output.StartsWith('{'))
        {
            var response = JsonSerializer.Deserialize(result.Output, EngineJson.Default.EngineResponse);
            return (response ?? new EngineResponse()).ThrowIfFailed();
        }

        throw new GridException("The local grid needs root", $"{SudoAdvice.For(self)}\nsudo said: {result.LastErrors}");
    }
}
