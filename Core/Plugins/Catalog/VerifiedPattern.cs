using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Catalog;

/// <summary>What <c>patterns verify</c> found.</summary>
/// <param name="Problem">Null: it can be used.</param>
/// <param name="Warnings">What does not stand in the way.</param>
public sealed record VerifiedPattern(PatternCatalogEntry Entry, Diagnostic? Problem, IReadOnlyList<Diagnostic> Warnings);
