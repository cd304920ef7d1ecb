using System.Globalization;
using System.Text;
using TfgridCompose.Core.Looking.Conformance;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The results of <c>patterns test</c>: for people as the checks end, for programs all at once.</summary>
internal static class ConformanceView
{
    private const int StatusWidth = 7;

    // Below the check's name.
    private static readonly string Indent = new(' ', StatusWidth + 2);

    public static string Text(CheckResult result)
    {
        string status = Word(result.Status).PadRight(StatusWidth);
        string name = result.Sample is null ? result.Check.Id : $"{result.Check.Id} ({result.Sample})";
        if (result.Status == CheckStatus.NotRun)
        {
            return $"{status}  {name}: {result.Detail}\n";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{status}  {name}, {result.Duration.TotalSeconds:F1} s: {result.Check.Title}\n");
        text.AppendJoin("", Lines(result.Detail).Select(line => $"{Indent}{line}\n"));
        text.AppendJoin("", Lines(result.Remedy).Select(line => $"{Indent}-> {line}\n"));
        return text.ToString();
    }

    public static string Summary(ConformanceReport report)
    {
        CheckStatus[] all = [CheckStatus.Passed, CheckStatus.Failed, CheckStatus.NotRun];
        IEnumerable<string> counts = all.Select(
            status => string.Create(CultureInfo.InvariantCulture, $"{report.Count(status)} {Word(status)}"));
        return $"{report.Pattern.Name} {report.Pattern.Descriptor?.Version}: {string.Join(", ", counts)}\n";
    }

    public static string Json(ConformanceReport report) => JsonText.Of(new
    {
        pattern = report.Pattern.Name,
        version = report.Pattern.Descriptor?.Version,
        path = report.Pattern.Folder,
        checks = report.Results.Select(result => new
        {
            id = result.Check.Id,
            title = result.Check.Title,
            status = Word(result.Status),
            detail = result.Detail,
            remedy = result.Remedy,
            seconds = Math.Round(result.Duration.TotalSeconds, 3),
            sample = result.Sample,
        }),
    });

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Passed => "passed",
        CheckStatus.Failed => "failed",
        _ => "not run",
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
