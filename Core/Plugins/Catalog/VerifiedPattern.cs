using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>The result of <c>patterns verify</c> for a pattern.</summary>
/// <param name="Problem">Null if it can be used.</param>
/// <param name="Warnings">Findings that do not prevent its use.</param>
public sealed record VerifiedPattern(
    PatternCatalogEntry Entry, Diagnostic? Problem, IReadOnlyList<Diagnostic> Warnings);
