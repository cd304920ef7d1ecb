using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What an apply has to do to a deployment.</summary>
/// <param name="Started">Names of the machines that are new; a node does not touch the others.</param>
internal sealed record DeploymentChange(
    DeploymentRecord Before,
    DeploymentRecord After,
    NetworkMember Member,
    IReadOnlyList<string> Started)
{
    public bool BreaksHalfWay { get; init; }

    public bool NeverBoots { get; init; }

    public bool SlowNetwork { get; init; }

    public bool ProviderDies { get; init; }
}
