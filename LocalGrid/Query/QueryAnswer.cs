using System.Text.Json;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>What an HTTP client would get.</summary>
internal sealed record QueryAnswer(int Status, Dictionary<string, string> Headers, JsonElement Body)
{
    public static QueryAnswer Failed(int status, string error) =>
        new(status, [], JsonSerializer.SerializeToElement(new ErrorView(error), ProxyJson.Default.ErrorView));

    public string ToJson() => JsonSerializer.Serialize(this, ProxyJson.Default.QueryAnswer);
}
