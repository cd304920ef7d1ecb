using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>What all checks said of a pattern.</summary>
public sealed record ConformanceReport(PatternCatalogEntry Pattern, IReadOnlyList<CheckResult> Results)
{
    public int Count(CheckStatus status) => Results.Count(result => result.Status == status);

    /// <summary>
    /// Whether no check failed and, if all are required, every check could run. Checks that the user left out do not count.
    /// </summary>
    public bool Passes(bool requireAll) =>
        Results.All(result => result.Status == CheckStatus.Passed
            || (result.Status == CheckStatus.NotRun && (!requireAll || result.Skipped)));
}
