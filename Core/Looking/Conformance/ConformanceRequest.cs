using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>A request to <c>patterns test</c>.</summary>
public sealed record ConformanceRequest
{
    public required PatternCatalogEntry Pattern { get; init; }

    /// <summary>Folders of apps, absolute; empty for those found beside the pattern, else a generated one.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Ids of checks to leave out.</summary>
    public IReadOnlyCollection<string> Skip { get; init; } = [];

    /// <summary>Deploys every sample, not only the first one.</summary>
    public bool DeployAll { get; init; }
}
