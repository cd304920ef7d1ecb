using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Removing;

/// <summary>What a look for leftovers of one deployment found.</summary>
public sealed record DeploymentEnd
{
    /// <summary>Resources that Terraform's state still names.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyList<GridContract> Contracts { get; init; } = [];

    /// <summary>Interfaces, configurations and sockets on this machine.</summary>
    public IReadOnlyList<string> Machine { get; init; } = [];

    /// <summary>Whether only Terraform's state still names something, and only what is known by contracts, which have all ended.</summary>
    public bool IsLeftInStateOnly { get; init; }

    public bool NothingLeft => Resources.Count == 0 && Contracts.Count == 0 && Machine.Count == 0;

    /// <summary>Everything that is left, for people.</summary>
    public string Left =>
        string.Join(", ", [.. Resources, .. Contracts.Select(contract => contract.ToString()), .. Machine]);
}
