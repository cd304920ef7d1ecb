using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>Where the state of an app's deployments lies, as the manifest or the user's configuration says it.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Config">The backend's own arguments: texts, booleans, lists and maps of those; no credentials.</param>
/// <param name="Location">Where it is written.</param>
public sealed record StateBackend(string Kind, JsonObject Config, SourceLocation Location)
{
    /// <summary>Terraform's backends that can be shared, and lock.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["pg", "s3", "http", "consul", "gcs", "azurerm", "kubernetes"];
}
