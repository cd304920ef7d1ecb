using System.Globalization;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Does the work in this process, which is root.</summary>
internal sealed class LocalEngine(WorldStore store) : IEngine
{
    public EngineResponse Run(EngineRequest request)
    {
        switch (request)
        {
            case { Operation: EngineRequest.ApplyNetwork, Network: { } network }:
                return new EngineResponse { Network = new NetworkEngine(store).Apply(network) };
            case { Operation: EngineRequest.ApplyDeployment, Deployment: { } deployment }:
                return new EngineResponse { Deployment = new DeploymentEngine(store).Apply(deployment) };
            case { Operation: EngineRequest.DeleteNetwork, Id: { } id }:
                new NetworkEngine(store).Delete(Guid.Parse(id).ToString());
                return new EngineResponse();
            case { Operation: EngineRequest.DeleteDeployment, Id: { } id }:
                new DeploymentEngine(store).Delete(long.Parse(id, CultureInfo.InvariantCulture));
                return new EngineResponse();
            default:
                throw new GridException("Bad engine request", $"the engine does not know {request.Operation}");
        }
    }
}
