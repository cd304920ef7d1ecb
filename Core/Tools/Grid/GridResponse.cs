using System.Text.Json;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>A GridProxy answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">GridProxy's JSON; <c>{"error": ...}</c> for other than 200.</param>
public sealed record GridResponse(int Status, JsonElement Body)
{
    /// <summary>How many items there are on all pages; null where <c>ret_count</c> was not asked for or the answer does not say.</summary>
    public int? Count { get; init; }
}
