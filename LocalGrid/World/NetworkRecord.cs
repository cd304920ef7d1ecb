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

    /// <summary>Only the control program looks at it: the provider never passes it to the grid.</summary>
    public string SolutionType { get; set; } = "";

    /// <summary>
    /// What every network's contract says: the provider does not pass a network's solution_type (resource_network.go, newNetwork),
    /// and this is the SDK's default (workloads/network.go, GenerateMetadata).
    /// </summary>
    public static string ProjectName => "Network";

    public List<NetworkMember> Members { get; set; } = [];

    public WireGuardAccess? Access { get; set; }

    /// <summary>
    /// The node with a public address through which hidden nodes and the user come in; 0: none was needed so far. It need not be among
    /// the nodes that were asked for.
    /// </summary>
    public int PublicNode { get; set; }

    public NetworkMember? MemberOn(long node) => Members.FirstOrDefault(member => member.Node == node);
}
