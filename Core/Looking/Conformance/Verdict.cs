using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>How a check ended.</summary>
/// <param name="Status">Passed, failed or not run.</param>
/// <param name="Detail">The findings or the reason, one per line; may be empty.</param>
/// <param name="Remedy">How to fix them, one per line; empty if there is nothing to fix.</param>
internal sealed record Verdict(CheckStatus Status, string Detail, string Remedy)
{
    public static Verdict Passed { get; } = new(CheckStatus.Passed, "", "");

    public static Verdict NotRun(string reason) => new(CheckStatus.NotRun, reason, "");

    public static Verdict Of(IReadOnlyCollection<Finding> findings) => findings.Count == 0 ? Passed : new(
        CheckStatus.Failed,
        string.Join('\n', findings.Select(finding => finding.Problem)),
        string.Join('\n', findings.Select(finding => finding.Remedy).Where(remedy => remedy.Length > 0).Distinct()));

    public static Verdict Of(IEnumerable<Diagnostic> diagnostics) => Of([.. diagnostics.Select(Finding.Of)]);
}
