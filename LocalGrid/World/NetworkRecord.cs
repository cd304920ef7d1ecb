using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

internal sealed class NetworkRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The /16 in network form, for example 10.1.0.0/16.</summary>
    public required string IpRange { get; init; }

    /// <summary>The process that is creating it; null afterwards. A record whose process is gone is a leftover.</summary>
    public ProcessIdentity? Maker { get; set; }

    /// <summary>The number of the user for whom it was created; null if an older build created it.</summary>
    public long? Owner { get; set; }

    public string Description { get; set; } = "";

    public string SolutionType { get; set; } = "";

    public List<NetworkMember> Members { get; set; } = [];

    public WireGuardAccess? Access { get; set; }

    public NetworkMember? MemberOn(long node) => Members.FirstOrDefault(member => member.Node == node);
}
