using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Query;

internal static class TwinQuery
{
    private static readonly Dictionary<string, ParameterKind> Filters = new()
    {
        ["twin_id"] = ParameterKind.Number,
        ["account_id"] = ParameterKind.Text,
        ["relay"] = ParameterKind.Text,
        ["public_key"] = ParameterKind.Text,
    };

    private static readonly Sorting<TwinView> Sorting = new(
        "Twin",
        ("twin_id", twin => twin.TwinId),
        ("account_id", twin => twin.AccountId),
        ("relay", twin => twin.Relay),
        ("public_key", twin => twin.PublicKey));

    /// <summary>The local grid has one account: every key belongs to it.</summary>
    public static QueryPage<TwinView> Run(QueryRequest request)
    {
        request.Check(Filters);
        Sorting.Check(request);
        var twin = new TwinView(GridCatalog.TwinId, request.Text("account_id") ?? "local", "", "");
        bool found = request.Number("twin_id") is not { } id || id == twin.TwinId;
        return QueryPage<TwinView>.Cut(found ? [twin] : Array.Empty<TwinView>(), request, ProxyJson.Default.ListTwinView);
    }
}
