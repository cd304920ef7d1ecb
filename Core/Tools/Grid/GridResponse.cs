using System.Text.Json;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>A GridProxy answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">GridProxy's JSON; <c>{"error": ...}</c> for any status but 200.</param>
public sealed record GridResponse(int Status, JsonElement Body)
{
    /// <summary>
    /// The number of items on all pages; null if <c>ret_count</c> was not requested or the answer does not say.
    /// </summary>
    public int? Count { get; init; }
}
