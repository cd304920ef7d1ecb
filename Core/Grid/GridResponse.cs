using System.Text.Json;

namespace TfgridCompose.Core.Grid;

/// <summary>A GridProxy answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">GridProxy's JSON; <c>{"error": ...}</c> for other than 200.</param>
public sealed record GridResponse(int Status, JsonElement Body);
