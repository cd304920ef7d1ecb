using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// Assigns a node to each machine: the one that the manifest names, else the recorded one, else one that the grid
/// client finds. Machines are spread over different nodes as long as there are enough.
/// </summary>
public sealed class NodeAssignment(GridName grid, GridClient? client)
{
    /// <summary>Nodes that get no machine and keep none.</summary>
    public IReadOnlyList<int> Left { private get; init; } = [];

    /// <summary>The assignment, or all problems with it.</summary>
    public async Task<(IReadOnlyList<AssignedHost> Hosts, IReadOnlyList<Diagnostic> Problems)> AssignAsync(
        IReadOnlyList<HostSpec> hosts, IReadOnlyList<RecordedHost> recorded, CancellationToken cancellation)
    {
        var assigned = new List<AssignedHost>();
        var problems = new List<Diagnostic>();
        foreach (HostSpec host in hosts)
        {
            int? known = recorded
                .FirstOrDefault(other => other.Name == host.Name && other.NodeId > 0 && !Left.Contains(other.NodeId))?.NodeId;
            (int? node, Diagnostic? problem) = host.PinnedNode is { } pinned
                ? await PinnedAsync(host, pinned, pinned == known, cancellation)
                : known is { } kept
                    ? (kept, null)
                    : await FoundAsync(host, [.. assigned.Select(other => other.NodeId)], cancellation);
            if (node is { } id)
            {
                assigned.Add(new AssignedHost(host, id));
            }

            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        return (assigned, problems);
    }

    private async Task<(int? Node, Diagnostic? Problem)> PinnedAsync(
        HostSpec host, int pinned, bool recorded, CancellationToken cancellation)
    {
        if (Left.Contains(pinned))
        {
            return (null, Diagnostic.Error(
                GridCodes.NodeIsLeft,
                $"The manifest puts '{host.Name}' on node {pinned}, which --leave-node leaves.",
                "name another node in the manifest, or leave the node out to have one chosen"));
        }

        // On a paid grid the provider checks the node; a recorded node already runs this machine.
        if (recorded || client is null)
        {
            return (pinned, null);
        }

        var needs = NodeNeeds.Of(host);
        IReadOnlyList<GridNode> all = await client.AllNodesAsync(cancellation);
        if (all.All(node => node.NodeId != pinned))
        {
            return (null, Diagnostic.Error(
                GridCodes.NodeUnknown,
                $"The manifest puts '{host.Name}' on node {pinned}, which does not exist on the grid '{grid}'.",
                $"name one of {Ids(all)}, or leave the node out to have one chosen"));
        }

        IReadOnlyList<GridNode> fitting = await client.NodesWithRoomAsync(needs, [], cancellation);
        return fitting.Any(node => node.NodeId == pinned) ? (pinned, null) : (null, Diagnostic.Error(
            GridCodes.NodeHasNoRoom,
            Against(all.First(node => node.NodeId == pinned), host, needs),
            fitting.Count > 0
                ? $"name one of {Ids(fitting)}, or leave the node out to have one chosen"
                : "ask for less"));
    }

    private async Task<(int? Node, Diagnostic? Problem)> FoundAsync(
        HostSpec host, IReadOnlyCollection<int> used, CancellationToken cancellation)
    {
        if (client is null)
        {
            return (null, Diagnostic.Error(
                GridCodes.NoNodeNamed,
                $"No node is named for '{host.Name}', and choosing one automatically on the grid '{grid}' is not "
                    + "supported yet.",
                "name a node in the manifest (`config: {node: 8}`); https://dashboard.grid.tf lists them"));
        }

        var needs = NodeNeeds.Of(host);
        IReadOnlyList<GridNode> fitting = await client.NodesWithRoomAsync(needs, [.. used, .. Left], cancellation);
        if (fitting.Count == 0 && used.Count > 0)
        {
            fitting = await client.NodesWithRoomAsync(needs, Left, cancellation);
        }

        return fitting.Count > 0 ? (fitting[0].NodeId, null) : (null, Diagnostic.Error(
            GridCodes.NoNodeHasRoom,
            $"No node of the grid '{grid}' has enough free resources for '{host.Name}' ({needs}).",
            grid.IsLocal
                ? "ask for less, or remove machines: `tfgrid-compose grid local status` lists them"
                : "ask for less"));
    }

    private static string Ids(IEnumerable<GridNode> nodes) =>
        string.Join(", ", nodes.Select(node => node.NodeId).Order().Take(12));

    private static string Against(GridNode node, HostSpec host, NodeNeeds needs) =>
        node.IsLight
            ? $"Node {node.NodeId} is a light node and cannot carry '{host.Name}': it has Mycelium only, no WireGuard and no public "
                + "addresses."
            : node is { Status: "up", Healthy: false }
                ? $"Node {node.NodeId} cannot carry '{host.Name}': the grid calls it unhealthy, it did not answer its last call."
                : $"Node {node.NodeId} does not have enough free resources for '{host.Name}' ({needs}): {Free(node)}.";

    private static string Free(GridNode node) => node.Status != "up" ? $"it is {node.Status}"
        : $"free: {node.FreeMemory >> 20} MB memory, {node.FreeDisk >> 30} GB disk, "
            + $"{node.FreePublicIps} public IPv4 addresses";
}
