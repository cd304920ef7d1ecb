using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>A defect that a check found.</summary>
/// <param name="Problem">What, where, the actual value.</param>
/// <param name="Remedy">An edit.</param>
internal sealed record Finding(string Problem, string Remedy)
{
    public static Finding Of(Diagnostic diagnostic) =>
        new(
            $"{diagnostic.Code}{(diagnostic.Location is { } place ? $" at {place}" : "")}: {diagnostic.Message}",
            diagnostic.Remedy);
}
