using System.Collections.Concurrent;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Inspects plugins in processes of their own, with a limit: one that ends its process, overflows the stack or never comes back is a line
/// like any other.
/// </summary>
public sealed class PatternVerifier(OwnProgram self, IToolRunner runner, TimeSpan? limit = null)
{
    /// <summary>The hidden verb that inspects one folder and prints <see cref="Passed"/> or <see cref="Answer"/>.</summary>
    public const string Verb = "inspect";

    /// <summary>Above the limit of a single call, so that a call that hangs is named.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _limit = limit ?? DefaultLimit;

    /// <summary>What the child prints where nothing is wrong: a plugin can end it with exit code 0 before that.</summary>
    public const string Passed = "passed";

    /// <summary>What the child prints for a problem: one line of JSON.</summary>
    public static string Answer(Diagnostic problem) => JsonSerializer.Serialize(new[] { problem.Code, problem.Message, problem.Remedy });

    public async Task<IReadOnlyList<VerifiedPattern>> VerifyAsync(IReadOnlyList<PatternCatalogEntry> entries, CancellationToken cancellation)
    {
        var results = new ConcurrentDictionary<PatternCatalogEntry, VerifiedPattern>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(entries, options, async (entry, token) => results[entry] = await VerifyAsync(entry, token));
        return [.. entries.Select(entry => results[entry])];
    }

    private async Task<VerifiedPattern> VerifyAsync(PatternCatalogEntry entry, CancellationToken cancellation)
    {
        if (entry.Problem is not null)
        {
            return new(entry, entry.Problem, []);
        }

        ToolResult result = await runner.RunAsync(self.Command("patterns", Verb, entry.Folder) with { TimeLimit = _limit }, cancellation);
        if (result.TimedOut)
        {
            return new(entry, Crashed(entry, $"did not end within {_limit.TotalSeconds:0.#} s", PatternCodes.MemberHangs), []);
        }

        bool passed = result.ExitCode == 0 && result.Output.TrimEnd().EndsWith(Passed, StringComparison.Ordinal);
        Diagnostic? problem = passed ? null : Read(result.Output) ?? Crashed(entry, $"ended its process with exit code {result.ExitCode}: {FirstLine(result)}", PatternCodes.PluginCrashed);
        return new(entry, problem, problem is null && result.LastErrorLines.Count > 0 ? [Printed(entry, result)] : []);
    }

    private static Diagnostic Crashed(PatternCatalogEntry entry, string what, string code) =>
        Diagnostic.Error(code, $"The plugin '{entry.Name}' {what}", "tell the plugin's author, or install another version");

    private static Diagnostic Printed(PatternCatalogEntry entry, ToolResult result) => Diagnostic.Warning(
        PatternCodes.Prints, $"The plugin '{entry.Name}' prints to the console: {FirstLine(result)}", "tell the plugin's author; what it prints goes to standard error");

    private static string FirstLine(ToolResult result) => result.LastErrorLines.Count > 0 ? PlainText.Of(result.LastErrorLines[0].Trim()) : "it said nothing";

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
