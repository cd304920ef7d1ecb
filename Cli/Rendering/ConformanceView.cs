using System.Globalization;
using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Looking.Conformance;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What the checks of <c>patterns test</c> said: a line each for people, all of it for programs.</summary>
internal static class ConformanceView
{
    public static string Text(CheckResult result)
    {
        string name = result.Sample is null ? result.Check.Id : $"{result.Check.Id} ({result.Sample})";
        if (result.Status == CheckStatus.NotRun)
        {
            return $"{Word(result.Status).PadRight(7)}  {name}: {result.Detail}\n";
        }

        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Word(result.Status).PadRight(7)}  {name}, {result.Duration.TotalSeconds:F1} s: {result.Check.Title}\n");
        foreach (string line in Lines(result.Detail))
        {
            text.Append("         ").Append(line).Append('\n');
        }

        foreach (string line in Lines(result.Remedy))
        {
            text.Append("         -> ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    public static string Summary(ConformanceReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Pattern.Name} {report.Pattern.Descriptor?.Version}: {report.Count(CheckStatus.Passed)} passed, "
            + $"{report.Count(CheckStatus.Failed)} failed, {report.Count(CheckStatus.NotRun)} not run\n");

    public static string Json(ConformanceReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("pattern", report.Pattern.Name);
            writer.WriteString("version", report.Pattern.Descriptor?.Version);
            writer.WriteString("path", report.Pattern.Folder);
            writer.WriteStartArray("checks");
            foreach (CheckResult result in report.Results)
            {
                Write(writer, result);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, CheckResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("id", result.Check.Id);
        writer.WriteString("title", result.Check.Title);
        writer.WriteString("status", Word(result.Status));
        writer.WriteString("detail", result.Detail);
        writer.WriteString("remedy", result.Remedy);
        writer.WriteNumber("seconds", Math.Round(result.Duration.TotalSeconds, 3));
        writer.WriteString("sample", result.Sample);
        writer.WriteEndObject();
    }

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Passed => "passed",
        CheckStatus.Failed => "failed",
        _ => "not run",
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
