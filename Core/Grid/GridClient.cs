using System.Text.Json;
using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.Grid;

/// <summary>Asks GridProxy; the local grid answers in the same form.</summary>
public sealed class GridClient(IGridTransport transport)
{
    /// <summary>Nodes with room for these needs, the one with most free memory first.</summary>
    public async Task<IReadOnlyList<GridNode>> NodesWithRoomAsync(
        NodeNeeds needs, IReadOnlyCollection<int> excluded, CancellationToken cancellation) =>
        Nodes(await BodyAsync(needs.Query(excluded), cancellation));

    public async Task<IReadOnlyList<GridNode>> AllNodesAsync(CancellationToken cancellation) =>
        Nodes(await BodyAsync("/nodes?size=1000", cancellation));

    private static List<GridNode> Nodes(JsonElement body) => [.. body.EnumerateArray().Select(GridNode.Parse)];

    private async Task<JsonElement> BodyAsync(string query, CancellationToken cancellation)
    {
        GridResponse response = await transport.GetAsync(query, cancellation);
        return response.Status == 200 ? response.Body : throw new DiagnosticException(
            ExitCode.Infrastructure,
            GridCodes.QueryFailed,
            $"The grid answered {response.Status} to {query}: {response.Body.GetRawText()}",
            "run the command again; if it stays, report it with --debug's log");
    }
}
