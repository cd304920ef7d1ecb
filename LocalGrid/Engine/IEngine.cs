using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>The work that needs root. It runs in this process for root, and through sudo for everybody else.</summary>
internal interface IEngine
{
    EngineResponse Run(EngineRequest request);
}
