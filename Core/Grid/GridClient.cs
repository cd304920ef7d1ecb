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

    /// <summary>Ids of the live contracts that carry a deployment's tag.</summary>
    public async Task<IReadOnlyList<long>> ContractsOfAsync(string deploymentId, CancellationToken cancellation)
    {
        JsonElement contracts = await BodyAsync("/contracts?state=Created,GracePeriod&type=node&size=1000", cancellation);
        return
        [
            .. contracts.EnumerateArray()
                .Where(contract => (contract.GetProperty("details").GetProperty("deployment_data").GetString() ?? "")
                    .Contains($"\"projectName\":\"tfc/{deploymentId}\"", StringComparison.Ordinal))
                .Select(contract => contract.GetProperty("contract_id").GetInt64()),
        ];
    }

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
