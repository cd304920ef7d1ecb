namespace TfgridCompose.LocalGrid.Query;

/// <summary>
/// The fields that GridProxy sorts a list by. Any other is refused, even where a filter has its name: nodes can be filtered by
/// <c>free_mru</c>, but not sorted by it (grid-proxy/pkg/types/limit.go, the `sort` tags of nodes.go).
/// </summary>
/// <param name="type">GridProxy's name for what is listed.</param>
/// <param name="fields">The fields; the first is the order where none is asked for.</param>
internal sealed class Sorting<T>(string type, params (string Name, Func<T, IComparable> Key)[] fields)
{
    public void Check(QueryRequest request)
    {
        if (request.Text("sort_by") is { } by && fields.All(field => field.Name != by))
        {
            throw new QueryException(400, $"\"{by}\" is not a sort field for {type} type");
        }

        if (request.Text("sort_order") is { } order && !IsAscending(order) && !IsDescending(order))
        {
            throw new QueryException(400, $"\"{order}\" is not a valid sort order");
        }
    }

    /// <summary>Without a field, the order that was asked for is ignored, as by GridProxy.</summary>
    public IEnumerable<T> Sort(IEnumerable<T> items, QueryRequest request)
    {
        if (request.Text("sort_by") is not { } by)
        {
            return items.OrderBy(fields[0].Key);
        }

        Func<T, IComparable> key = fields.First(field => field.Name == by).Key;
        return IsDescending(request.Text("sort_order") ?? "") ? items.OrderByDescending(key) : items.OrderBy(key);
    }

    private static bool IsAscending(string order) => order.Equals("asc", StringComparison.OrdinalIgnoreCase);

    private static bool IsDescending(string order) => order.Equals("desc", StringComparison.OrdinalIgnoreCase);
}
