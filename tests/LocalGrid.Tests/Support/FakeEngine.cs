using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>Records requests and gives the same response to each.</summary>
internal sealed class FakeEngine : IEngine
{
    public List<EngineRequest> Requests { get; } = [];

    public EngineResponse Response { get; set; } = new();

    /// <summary>The error of each request.</summary>
    public Exception? Problem { get; set; }

    public EngineResponse Run(EngineRequest request)
    {
        Requests.Add(request);
        return Problem is null ? Response : throw Problem;
    }
}
