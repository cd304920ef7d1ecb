namespace TfgridCompose.LocalGrid.Requests;

internal sealed record NetworkResult
{
    public required string Id { get; init; }

    public Dictionary<string, string> Subnets { get; set; } = [];

    public Dictionary<string, long> Contracts { get; set; } = [];

    public string AccessConfig { get; set; } = "";

    public string ExternalIp { get; set; } = "";

    public string ExternalKey { get; set; } = "";

    public int PublicNode { get; init; }
}
