using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

/// <summary>
/// All that is deployed on the local grid. Everybody can read it, so it has no keys and no environment values. New members
/// need a default, so that an older build's file still loads; unknown ones are ignored. Members with a default are
/// `set`, not `init`: the JSON source generator resets an `init` member that the file lacks.
/// </summary>
internal sealed class GridWorld
{
    public const int CurrentSchema = 1;

    public int Schema { get; set; } = CurrentSchema;

    public long NextContract { get; set; } = 1001;

    /// <summary>For interfaces, namespaces and fabric addresses: unique on the computer, and not used again soon.</summary>
    public int NextIndex { get; set; } = 1;

    /// <summary>The computer's settings before the first network was made; null while nothing is deployed.</summary>
    public SavedForwarding? Forwarding { get; set; }

    public List<NetworkRecord> Networks { get; set; } = [];

    public List<DeploymentRecord> Deployments { get; set; } = [];

    public List<FaultRecord> Faults { get; set; } = [];

    /// <summary>The live contracts.</summary>
    public IEnumerable<ChainContract> Contracts =>
    [
        .. Networks.SelectMany(network => network.Members.Select(member => ChainContract.Of(network, member))),
        .. Deployments.Select(ChainContract.Of),
    ];

    public IEnumerable<(DeploymentRecord Deployment, VmRecord Vm)> Vms =>
        Deployments.SelectMany(deployment => deployment.Vms.Select(vm => (deployment, vm)));

    /// <summary>The node's part of the network that a deployment is in; null if it is gone.</summary>
    public NetworkMember? MemberOf(DeploymentRecord deployment) =>
        Networks.FirstOrDefault(network => network.Id == deployment.NetworkId)?.MemberOn(deployment.Node);

    /// <summary>GridProxy's word for a node that answered its last call.</summary>
    public bool IsHealthy(GridNode node) => !Faults.Exists(fault => fault.Kind == FaultRecord.Unhealthy && fault.IsAt(node.Id));

    public bool IsEmpty => Networks.Count == 0 && Deployments.Count == 0;

    public long TakeContract() => NextContract++;

    public int TakeIndex()
    {
        var used = Vms.Select(item => item.Vm.Index)
            .Concat(Networks.SelectMany(network => network.Members).Select(member => member.Index)).ToHashSet();
        for (int tries = 0; tries < MaxIndex; tries++)
        {
            int index = NextIndex;
            NextIndex = NextIndex >= MaxIndex ? 1 : NextIndex + 1;
            if (!used.Contains(index))
            {
                return index;
            }
        }

        throw new GridException("The local grid is full", "no interface number is free; run the prune verb");
    }

    // The fabric is a /16; host 1 is the computer itself.
    private const int MaxIndex = 60000;
}
