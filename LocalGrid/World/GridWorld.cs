namespace TfgridCompose.LocalGrid.World;

/// <summary>
/// All that is deployed on the local grid. It is world readable, so no key and no environment value is in it. New
/// members need a default, so that a world written by an older build still loads; unknown ones are ignored. Members with
/// a default are `set`, not `init`: the JSON source generator resets an `init` one that the file lacks.
/// </summary>
internal sealed class GridWorld
{
    public const int CurrentSchema = 1;

    public int Schema { get; set; } = CurrentSchema;

    public long NextContract { get; set; } = 1001;

    /// <summary>Numbers interfaces, namespaces and fabric addresses; unique on the machine and never used twice in a row.</summary>
    public int NextIndex { get; set; } = 1;

    /// <summary>Forwarding settings of the machine before the first network came; null while nothing is deployed.</summary>
    public SavedForwarding? Forwarding { get; set; }

    public List<NetworkRecord> Networks { get; set; } = [];

    public List<DeploymentRecord> Deployments { get; set; } = [];

    public List<FaultRecord> Faults { get; set; } = [];

    public IEnumerable<(DeploymentRecord Deployment, VmRecord Vm)> Vms =>
        Deployments.SelectMany(deployment => deployment.Vms.Select(vm => (deployment, vm)));

    public bool IsEmpty => Networks.Count == 0 && Deployments.Count == 0;

    public long TakeContract() => NextContract++;

    public int TakeIndex()
    {
        var used = Vms.Select(item => item.Vm.Index).Concat(Networks.SelectMany(n => n.Members).Select(m => m.Index)).ToHashSet();
        for (var tries = 0; tries < MaxIndex; tries++)
        {
            var index = NextIndex;
            NextIndex = NextIndex >= MaxIndex ? 1 : NextIndex + 1;
            if (!used.Contains(index))
            {
                return index;
            }
        }

        throw new GridException("The local grid is full", "no interface number is free; run the prune verb");
    }

    // The fabric is a /16; host 1 is the machine itself.
    private const int MaxIndex = 60000;
}
