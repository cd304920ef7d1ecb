namespace TfgridCompose.LocalGrid.Requests;

/// <summary>The grid_network to create or change. It is new if it has no id.</summary>
internal sealed record NetworkSpec
{
    public string? Id { get; init; }

    public required string Name { get; init; }

    public required string IpRange { get; init; }

    public string Description { get; set; } = "";

    public string SolutionType { get; set; } = "";

    public List<int> Nodes { get; set; } = [];

    /// <summary>Node id to the node's /24, if the user chose one.</summary>
    public Dictionary<string, string> Subnets { get; set; } = [];

    public Dictionary<string, string> MyceliumKeys { get; set; } = [];

    public bool AddWireGuardAccess { get; init; }
}
