using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>Does the work in this process, which is root.</summary>
internal sealed class LocalEngine(WorldStore store, Computer computer) : IEngine
{
    private readonly NetworkEngine _networks = new(store, computer);
    private readonly DeploymentEngine _deployments = new(store, computer);

    public EngineResponse Run(EngineRequest request)
    {
        // What is made now is made among what a reboot of this computer took away.
        if (request.Operation is EngineRequest.ApplyNetwork or EngineRequest.ApplyDeployment)
        {
            new GridStart(store, computer).Run().Failed.ToList().ForEach(computer.Warnings.WriteLine);
        }

        switch (request)
        {
            case { Operation: EngineRequest.ApplyNetwork, Network: { } network }:
                return Apply(network);
            case { Operation: EngineRequest.ApplyDeployment, Deployment: { } deployment }:
                return new EngineResponse { Deployment = _deployments.Apply(deployment) };
            // The id becomes part of a path, which is safe for a Guid.
            case { Operation: EngineRequest.DeleteNetwork, Id: { } id } when Guid.TryParse(id, out Guid network):
                _networks.Delete(network.ToString());
                return new EngineResponse();
            case { Operation: EngineRequest.DeleteDeployment, Id: { } id }
                when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long contract):
                _deployments.Delete(contract);
                return new EngineResponse();
            case { Operation: EngineRequest.DeleteNetwork or EngineRequest.DeleteDeployment, Id: { } id }:
                throw new GridException("Bad engine request", $"{Words.Shown(id)} is no id for {request.Operation}");
            default:
                throw new GridException("Bad engine request", $"the engine does not know {Words.Shown(request.Operation)}");
        }
    }

    private EngineResponse Apply(NetworkSpec network)
    {
        try
        {
            return new EngineResponse { Network = _networks.Apply(network) };
        }
        catch (HalfMadeNetworkException half)
        {
            return half.Response;
        }
    }
}
