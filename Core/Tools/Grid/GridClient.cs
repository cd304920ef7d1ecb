using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>
/// Queries GridProxy, or the local grid, which answers in the same form. Read-only, so no mnemonic is needed.
/// </summary>
public sealed class GridClient(IGridTransport transport)
{
    private const int PageSize = 500;
    private const int MostPages = 200;
    private const int MostPasses = 3;

    /// <summary>Nodes with enough free resources, the one with the most free memory first.</summary>
    public async Task<IReadOnlyList<GridNode>> NodesWithRoomAsync(
        NodeNeeds needs, IReadOnlyCollection<int> excluded, CancellationToken cancellation) =>
        [.. (await NodesAsync(needs.Query(excluded), cancellation)).OrderByDescending(node => node.FreeMemory)];

    public async Task<IReadOnlyList<GridNode>> AllNodesAsync(CancellationToken cancellation) =>
        await NodesAsync("/nodes?size=1000", cancellation);

    /// <summary>Some nodes that answered the grid's last call.</summary>
    public async Task<IReadOnlyList<int>> AnsweringNodesAsync(IReadOnlyCollection<int> excluded, CancellationToken cancellation) =>
    [
        .. (await NodesAsync($"/nodes?status=up&healthy=true&size=50&excluded={string.Join(',', excluded)}", cancellation))
            .Select(node => node.NodeId),
    ];

    /// <summary>The live contracts on a node, of all twins.</summary>
    public Task<IReadOnlyList<GridContract>> LiveContractsOnAsync(int node, CancellationToken cancellation) =>
        LiveAsync(string.Create(CultureInfo.InvariantCulture, $"node_id={node}&"), $" on node {node}", cancellation);

    /// <summary>The live contracts of a twin; null for those of all twins (the local grid has one).</summary>
    public Task<IReadOnlyList<GridContract>> LiveContractsAsync(int? twin, CancellationToken cancellation) => twin is null
        ? LiveAsync("", "", cancellation)
        : LiveAsync(string.Create(CultureInfo.InvariantCulture, $"twin_id={twin}&"), $" of twin {twin}", cancellation);

    private async Task<IReadOnlyList<GridContract>> LiveAsync(string filter, string whose, CancellationToken cancellation)
    {
        // If contracts end between two pages, later ones move up and may be missed. The pages are then read again, and
        // all contracts seen are kept.
        var seen = new Dictionary<long, GridContract>();
        for (int pass = 1; pass <= MostPasses && await PagesShiftedAsync(filter, whose, seen, cancellation); pass++)
        {
        }

        return [.. seen.Values.Where(contract => contract.IsLive)];
    }

    /// <summary>The live contracts with a deployment's tag, or without any and with its id in their name.</summary>
    public async Task<IReadOnlyList<GridContract>> ContractsOfAsync(
        string deploymentId, int? twin, CancellationToken cancellation) =>
        [.. (await LiveContractsAsync(twin, cancellation)).Where(contract => contract.IsOf(deploymentId))];

    /// <summary>One contract in any state; null if the grid does not know it, or not yet.</summary>
    public async Task<GridContract?> ContractAsync(long id, CancellationToken cancellation)
    {
        // Not /contracts/ID: for a contract that it does not know, GridProxy answers that with 500, like a fault of its own.
        string query = string.Create(CultureInfo.InvariantCulture, $"/contracts?contract_id={id}");
        return Read(Require(await transport.GetAsync(query, cancellation), query), query, Contracts).FirstOrDefault(each => each.Id == id);
    }

    private async Task<bool> PagesShiftedAsync(
        string filter, string whose, Dictionary<long, GridContract> contracts, CancellationToken cancellation)
    {
        int? firstCount = null;
        for (int page = 1; page <= MostPages; page++)
        {
            string query = QueryOf(filter, page);
            GridResponse response = Require(await transport.GetAsync(query, cancellation), query);
            firstCount ??= response.Count;
            GridContract[] found = Read(response, query, Contracts);
            foreach (GridContract contract in found)
            {
                contracts[contract.Id] = contract;
            }

            bool last = response.Count is { } count ? page * PageSize >= count : found.Length < PageSize;
            if (last || found.Length == 0)
            {
                return response.Count != firstCount;
            }
        }

        throw new DiagnosticException(
            ExitCode.Infrastructure,
            GridCodes.QueryFailed,
            $"The grid lists more than {MostPages * PageSize} live contracts{whose}, so not all of them were read.",
            "cancel contracts that are not needed (`tfcmd get contracts` lists them), then run the command again");
    }

    private static string QueryOf(string filter, int page) => string.Create(
        CultureInfo.InvariantCulture,
        $"/contracts?{filter}state={GridContract.Created},{GridContract.Grace}"
            + $"&sort_by=contract_id&size={PageSize}&page={page}&ret_count=true");

    private static GridContract[] Contracts(JsonElement body) => [.. body.EnumerateArray().Select(GridContract.Parse)];

    private async Task<IReadOnlyList<GridNode>> NodesAsync(string query, CancellationToken cancellation) =>
        Read<GridNode[]>(
            Require(await transport.GetAsync(query, cancellation), query),
            query,
            static body => [.. body.EnumerateArray().Select(GridNode.Parse)]);

    private static T Read<T>(GridResponse response, string query, Func<JsonElement, T> read)
    {
        try
        {
            return read(response.Body);
        }
        catch (Exception problem) when (Unreadable.Is(problem))
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                [Diagnostic.Error(
                    GridCodes.QueryFailed,
                    $"The grid's answer to {query} cannot be read: {PlainText.Of(problem.Message)}",
                    "run the command again; if it happens again, report it with the log of --debug")],
                problem);
        }
    }

    private static GridResponse Require(GridResponse response, string query) =>
        response.Status == 200 ? response : throw new DiagnosticException(
            ExitCode.Infrastructure,
            GridCodes.QueryFailed,
            $"The grid answered {response.Status} to {query}: {response.Body.GetRawText()}",
            "run the command again; if it happens again, report it with the log of --debug");
}
