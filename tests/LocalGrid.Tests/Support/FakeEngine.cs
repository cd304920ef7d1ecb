using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>Notes requests and answers each with the same response.</summary>
internal sealed class FakeEngine : IEngine
{
    public List<EngineRequest> Requests { get; } = [];

    public EngineResponse Response { get; set; } = new();

    /// <summary>What a request fails with.</summary>
    public Exception? Problem { get; set; }

    public EngineResponse Run(EngineRequest request)
    {
        Requests.Add(request);
        return Problem is null ? Response : throw Problem;
    }
}
