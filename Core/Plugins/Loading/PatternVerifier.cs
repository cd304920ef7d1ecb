using System.Collections.Concurrent;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Inspects plugins in separate processes with a time limit, so that a plugin that ends its process, overflows the
/// stack or never returns is reported like any other.
/// </summary>
public sealed class PatternVerifier(OwnProgram self, IToolRunner runner, TimeSpan? limit = null)
{
    /// <summary>
    /// The hidden verb that inspects one folder and prints <see cref="Passed"/> or <see cref="Answer"/>.
    /// </summary>
    public const string Verb = "inspect";

    /// <summary>Longer than the limit of a single call, so that a hanging call is reported by name.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _limit = limit ?? DefaultLimit;

    /// <summary>
    /// The child prints this if it found no problem: a plugin could end the process with exit code 0 earlier.
    /// </summary>
    public const string Passed = "passed";

    /// <summary>The child prints a problem as one line of JSON.</summary>
    public static string Answer(Diagnostic problem) =>
        JsonSerializer.Serialize(new[] { problem.Code, problem.Message, problem.Remedy });

    public async Task<IReadOnlyList<VerifiedPattern>> VerifyAsync(
        IReadOnlyList<PatternCatalogEntry> entries, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<PatternCatalogEntry, VerifiedPattern>();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        await Parallel.ForEachAsync(
            entries, options, async (entry, token) => results[entry] = await VerifyAsync(entry, token));
        return [.. entries.Select(entry => results[entry])];
    }

    private async Task<VerifiedPattern> VerifyAsync(PatternCatalogEntry entry, CancellationToken cancellation)
    {
        if (entry.Problem is not null)
        {
            return new(entry, entry.Problem, []);
        }

        ToolResult result = await runner.RunAsync(
            self.Command("patterns", Verb, entry.Folder) with { TimeLimit = _limit }, cancellation);
        if (result.TimedOut)
        {
            return new(
                entry,
                Crashed(entry, $"did not end within {_limit.TotalSeconds:0.#} s", PatternCodes.MemberHangs),
                []);
        }

        bool passed = result.ExitCode == 0 && result.Output.TrimEnd().EndsWith(Passed, StringComparison.Ordinal);
        Diagnostic? problem = passed
            ? null
            : Read(result.Output)
                ?? Crashed(
                    entry,
                    $"ended its process with exit code {result.ExitCode}: {FirstLine(result)}",
                    PatternCodes.PluginCrashed);
        return new(entry, problem, problem is null && result.LastErrorLines.Count > 0 ? [Printed(entry, result)] : []);
    }

    private static Diagnostic Crashed(PatternCatalogEntry entry, string what, string code) =>
        Diagnostic.Error(
            code, $"The plugin '{entry.Name}' {what}", "tell the plugin's author, or install another version");

    private static Diagnostic Printed(PatternCatalogEntry entry, ToolResult result) => Diagnostic.Warning(
        PatternCodes.Prints,
        $"The plugin '{entry.Name}' prints to the console: {FirstLine(result)}",
        "tell the plugin's author; its output goes to standard error");

    private static string FirstLine(ToolResult result) =>
        result.LastErrorLines.Count > 0 ? PlainText.Of(result.LastErrorLines[0].Trim()) : "no output";

    private static Diagnostic? Read(string output)
    {
        string last = output.TrimEnd().Split('\n')[^1];
        try
        {
            return JsonSerializer.Deserialize<string[]>(last) is [{ } code, { } message, { } remedy]
                ? Diagnostic.Error(PlainText.Of(code), PlainText.Lines(message), PlainText.Lines(remedy))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
