using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>What an apply has to do to a deployment.</summary>
/// <param name="Restarted">Names of the machines that are created, or created again.</param>
internal sealed record DeploymentChange(
    DeploymentRecord Before,
    DeploymentRecord After,
    NetworkMember Member,
    IReadOnlyList<string> Restarted)
{
    public bool BreaksHalfWay { get; init; }

    public bool NeverBoots { get; init; }

    public bool SlowNetwork { get; init; }

    public bool ProviderDies { get; init; }
}
