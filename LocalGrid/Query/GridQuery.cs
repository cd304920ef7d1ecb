using System.Globalization;
using System.Text.Json;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>GridProxy's read-only API for the world, with the same paths, parameters, JSON and errors.</summary>
internal static class GridQuery
{
    public static QueryAnswer Answer(QueriedGrid grid, string request)
    {
        try
        {
            return Route(grid, QueryRequest.Parse(request));
        }
        catch (QueryException e)
        {
            return QueryAnswer.Failed(e.Status, e.Message);
        }
    }

    private static QueryAnswer Route(QueriedGrid grid, QueryRequest request) => request.Segments switch
    {
        ["nodes"] => List(NodeQuery.Run(grid, request), request),
        ["nodes", var id] => One(NodeViews.Single(NodeUsage.Of(grid.World, FindNode(id)), grid), ProxyJson.Default.NodeDetails),
        ["farms"] => List(FarmQuery.Run(grid, request), request),
        ["contracts"] => List(ContractQuery.Run(grid, request), request),
        ["contracts", var id] => One(FindContract(grid, id), ProxyJson.Default.ContractView),
        ["twins"] => List(TwinQuery.Run(request), request),
        ["ping"] => One(new PingView("pong"), ProxyJson.Default.PingView),
        _ => throw new QueryException(404, "page not found"),
    };

    private static QueryAnswer One<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        new(200, [], JsonSerializer.SerializeToElement(value, type));

    private static QueryAnswer List<T>(QueryPage<T> page, QueryRequest request) where T : class
    {
        var headers = new Dictionary<string, string>();
        if (request.Flag("ret_count") is true)
        {
            headers["count"] = page.Total.ToString(CultureInfo.InvariantCulture);
            headers["size"] = page.Size.ToString(CultureInfo.InvariantCulture);
            headers["pages"] = ((page.Total + page.Size - 1) / page.Size).ToString(CultureInfo.InvariantCulture);
        }

        return new QueryAnswer(200, headers, page.ToJson());
    }

    private static GridNode FindNode(string id) =>
        int.TryParse(id, CultureInfo.InvariantCulture, out int number) && GridCatalog.Find(number) is { } node
            ? node
            : throw new QueryException(404, "node not found");

    // A path that is no number is no route. A number that is no contract is a server error, not 404: GridProxy's errorReply
    // knows only nodes and gateways that are not found (grid-proxy/internal/explorer/helpers.go).
    private static ContractView FindContract(QueriedGrid grid, string id) =>
        !id.All(char.IsAsciiDigit)
            ? throw new QueryException(404, "page not found")
            : ContractViews.All(grid).FirstOrDefault(c => c.ContractId.ToString(CultureInfo.InvariantCulture) == id)
                ?? throw new QueryException(500, "contract not found");
}
