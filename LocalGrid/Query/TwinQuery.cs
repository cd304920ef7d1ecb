using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal static class TwinQuery
{
    private static readonly string[] Filters = ["twin_id", "account_id", "relay", "public_key"];

    /// <summary>The local grid has one account: every key belongs to it.</summary>
    public static QueryPage<TwinView> Run(QueryRequest request)
    {
        request.Allow(Filters);
        var twin = new TwinView(GridCatalog.TwinId, request.Text("account_id") ?? "local", "", "");
        bool found = request.Number("twin_id") is not { } id || id == twin.TwinId;
        return QueryPage<TwinView>.Cut(found ? [twin] : Array.Empty<TwinView>(), request, ProxyJson.Default.ListTwinView);
    }
}
