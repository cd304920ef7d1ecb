using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>Where the state of an app's deployments is kept, from the manifest or the user's configuration.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Config">The backend's own arguments: strings, booleans, lists and maps of those; no
/// credentials.</param>
/// <param name="Location">Its location in the file.</param>
public sealed record StateBackend(string Kind, JsonObject Config, SourceLocation Location)
{
    /// <summary>Terraform's backends that can be shared and that support locking.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["pg", "s3", "http", "consul", "gcs", "azurerm", "kubernetes"];
}
