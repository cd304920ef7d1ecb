namespace TfgridCompose.LocalGrid.Engine;

/// <summary>A grid_network as asked for. Without an id it is a new one.</summary>
internal sealed record NetworkSpec
{
    public string? Id { get; init; }

    public required string Name { get; init; }

    public required string IpRange { get; init; }

    public string Description { get; init; } = "";

    public string SolutionType { get; init; } = "";

    public List<int> Nodes { get; init; } = [];

    /// <summary>Node id to the node's /24, where the user chose it.</summary>
    public Dictionary<string, string> Subnets { get; init; } = [];

    public Dictionary<string, string> MyceliumKeys { get; init; } = [];

    public bool AddWireGuardAccess { get; init; }
}
