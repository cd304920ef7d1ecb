using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Injected faults: the user asks the grid to fail.</summary>
internal static class GridFaults
{
    public const string Refuse = "refuse";
    public const string HalfWay = "half-way";
    public const string NoBoot = "no-boot";
    public const string SlowNetwork = "slow-network";
    public const string ProviderDies = "provider-dies";

    /// <summary>Until it gets a new deployment, the node has not noticed that contracts were cancelled.</summary>
    public const string LateNode = "late-node";

    public static readonly string[] Kinds = [Refuse, FaultRecord.Unhealthy, HalfWay, NoBoot, SlowNetwork, ProviderDies, LateNode];

    public static GridNode CheckNode(GridWorld world, GridNode node)
    {
        FaultRecord? fault = Takes(world, FaultRecord.Unhealthy, node.Id) ?? Takes(world, Refuse, node.Id);
        return fault is null ? node : throw new GridException(
            "The node refused",
            $"node {node.Id} did not answer (injected fault `{fault.Kind}`; `tfgrid-localgrid fault clear` removes it)",
            "node");
    }

    /// <summary>Whether the fault is there. A refresh changes nothing, so it does not count.</summary>
    public static bool Has(GridWorld world, string kind, int node) => world.Faults.Exists(f => f.Kind == kind && f.IsAt(node));

    /// <summary>The fault that happens now, or null. It then happens once less.</summary>
    public static FaultRecord? Takes(GridWorld world, string kind, int node)
    {
        int position = world.Faults.FindIndex(f => f.Kind == kind && f.IsAt(node));
        if (position < 0)
        {
            return null;
        }

        FaultRecord fault = world.Faults[position];
        switch (fault.Remaining)
        {
            case 1: world.Faults.RemoveAt(position); break;
            case > 1: world.Faults[position] = fault with { Remaining = fault.Remaining - 1 }; break;
        }

        return fault;
    }
}
