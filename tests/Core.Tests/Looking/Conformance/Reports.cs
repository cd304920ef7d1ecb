using TfgridCompose.Core.Looking.Conformance;

namespace TfgridCompose.Core.Tests.Looking.Conformance;

internal static class Reports
{
    public static IReadOnlyList<string> Failed(this ConformanceReport report) => Ids(report, CheckStatus.Failed);

    public static IReadOnlyList<string> Passed(this ConformanceReport report) => Ids(report, CheckStatus.Passed);

    public static CheckResult Of(this ConformanceReport report, string id) => report.Results.Single(result => result.Check.Id == id);

    /// <summary>The one failed check, with a remedy for what it found.</summary>
    public static CheckResult OnlyFailure(this ConformanceReport report, string id)
    {
        Assert.That(
            report.Failed(),
            Is.EqualTo(new[] { id }),
            string.Join('\n', report.Results.Select(result => $"{result.Check.Id}: {result.Detail}")));
        Assert.That(report.Of(id).Remedy, Is.Not.Empty);
        Assert.That(report.Passes(requireAll: false), Is.False);
        return report.Of(id);
    }

    private static List<string> Ids(ConformanceReport report, CheckStatus status) =>
        [.. report.Results.Where(result => result.Status == status).Select(result => result.Check.Id)];
}
