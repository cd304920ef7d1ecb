using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>The privileged half: in this process for root, behind sudo for anyone else.</summary>
internal interface IEngine
{
    EngineResponse Run(EngineRequest request);
}
