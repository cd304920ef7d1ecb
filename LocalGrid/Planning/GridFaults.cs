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

    /// <summary>The chain does not cancel the contracts of the next create that fails at the node.</summary>
    public const string NoRevert = "no-revert";

    public static readonly string[] Kinds =
        [Refuse, FaultRecord.Unhealthy, HalfWay, NoBoot, SlowNetwork, ProviderDies, LateNode, NoRevert];

    public static GridNode CheckNode(GridWorld world, GridNode node)
    {
        FaultRecord? fault = Takes(world, FaultRecord.Unhealthy, node.Id) ?? Takes(world, Refuse, node.Id);
        return fault is null ? node : throw new GridException("The node refused", SilenceOf(fault, node.Id), "node");
    }

    /// <summary>
    /// Before a read and a delete, the provider asks each node for its features. It fails at a dead one: a node that answers nobody, not
    /// one that refuses a number of requests (terraform-provider-grid b7d1a8c, internal/provider/resource_network.go, isZosLight).
    /// </summary>
    /// <param name="world">The grid, of which nothing changes.</param>
    /// <param name="nodes">Who is asked.</param>
    /// <param name="before">What the provider says of the data that it could not load.</param>
    public static void RequireAnswers(GridWorld world, IEnumerable<int> nodes, string before)
    {
        foreach (int node in nodes)
        {
            if (DeathOf(world, node) is { } fault)
            {
                throw new GridException($"{before}: failed to get node features '{node}'", SilenceOf(fault, node));
            }
        }
    }

    public static bool IsDead(GridWorld world, int node) => DeathOf(world, node) is not null;

    private static FaultRecord? DeathOf(GridWorld world, int node) => world.Faults.Find(
        fault => fault is { Kind: Refuse or FaultRecord.Unhealthy, Remaining: 0 } && fault.IsAt(node));

    private static string SilenceOf(FaultRecord fault, int node) =>
        $"node {node} did not answer (injected fault `{fault.Kind}`; `tfgrid-localgrid fault clear` removes it)";

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
