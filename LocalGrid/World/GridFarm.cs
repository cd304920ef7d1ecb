namespace TfgridCompose.LocalGrid.World;

internal sealed record GridFarm(int Id, string Name, int TwinId, string Country, string City, int FirstPublicHost, int PublicIpCount)
{
    /// <summary>From 203.0.113.0/24, reserved for documentation (RFC 5737).</summary>
    public IEnumerable<string> PublicIps => Enumerable.Range(FirstPublicHost, PublicIpCount).Select(host => $"203.0.113.{host}");
}
