using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Engine;

/// <summary>A create failed and could not be reverted: what was made of the network is still there.</summary>
internal sealed class HalfMadeNetworkException(GridException failure, NetworkResult made) : Exception(failure.Message)
{
    public EngineResponse Response => EngineResponse.Failed(failure) with { Network = made };
}
