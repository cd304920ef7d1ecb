namespace TfgridCompose.LocalGrid.Engine;

internal sealed record NetworkResult
{
    public required string Id { get; init; }

    public Dictionary<string, string> Subnets { get; init; } = [];

    public Dictionary<string, long> Contracts { get; init; } = [];

    public string AccessConfig { get; init; } = "";

    public string ExternalIp { get; init; } = "";

    public string ExternalKey { get; init; } = "";

    public int PublicNode { get; init; }
}
