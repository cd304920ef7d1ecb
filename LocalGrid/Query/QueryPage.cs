using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TfgridCompose.LocalGrid.Query;

internal sealed record QueryPage<T>(IReadOnlyList<T> Items, int Total, int Size, JsonTypeInfo<List<T>> Type) where T : class
{
    public static QueryPage<T> Cut(IEnumerable<T> items, QueryRequest request, JsonTypeInfo<List<T>> type)
    {
        var all = items.ToList();
        int size = (int)(request.Number("size") ?? 50);
        int page = (int)(request.Number("page") ?? 1);
        if (size < 1 || page < 1)
        {
            throw new QueryException(400, "page and size must be 1 or more");
        }

        return new QueryPage<T>([.. all.Skip((page - 1) * size).Take(size)], all.Count, size, type);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement([.. Items], Type);
}
