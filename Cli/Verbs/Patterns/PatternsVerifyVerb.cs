using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Cli.Verbs.Patterns;

/// <summary>Finds the problems that show only when a plugin's code runs, and remembers them for <c>patterns list</c>.</summary>
internal static class PatternsVerifyVerb
{
    public static async Task<int> RunAsync(PatternsVerifyOptions options, VerbContext context, CancellationToken cancellation)
    {
        var catalog = PluginCatalog.Scan(context.Here.PluginRoots);
        string[] names = [.. options.Patterns];
        IReadOnlyList<PatternCatalogEntry> entries = names.Length == 0
            ? catalog.Entries
            : [.. names.Select(name => Named(name, catalog, context.Here.CurrentFolder))];
        var verifier = new PatternVerifier(context.Here.Self, context.Here.Runner);
        IReadOnlyList<VerifiedPattern> results = await verifier.VerifyAsync(entries, cancellation);
        VerifyMemory.Load(context.Here.Home.VerifiedPatterns).Save(context.Here.Home.VerifiedPatterns, results);
        context.Streams.Out.Write(context.Global.Json ? Json(results) : string.Concat(results.Select(Text)));
        return results.Any(result => result.Problem is not null) ? (int)ExitCode.Pattern : 0;
    }

    // A broken plugin is verified too, so it is not required to be usable.
    private static PatternCatalogEntry Named(string name, PluginCatalog catalog, string currentFolder)
    {
        if (catalog.TryFind(name, out PatternCatalogEntry? entry))
        {
            return entry;
        }

        string folder = Path.GetFullPath(name, currentFolder);
        return Directory.Exists(folder) ? PluginCatalog.Open(folder) : catalog.Require(name);
    }

    private static string Text(VerifiedPattern result)
    {
        IEnumerable<string> lines = result.Problem is { } problem
            ? [DiagnosticText.Of(problem)]
            : [$"ok {result.Entry.Name} {result.Entry.Descriptor?.Version}", .. result.Warnings.Select(DiagnosticText.Of)];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Json(IReadOnlyList<VerifiedPattern> results) => JsonText.Of(results.Select(result => new
    {
        name = result.Entry.Name,
        version = result.Entry.Descriptor?.Version,
        folder = result.Entry.Folder,
        code = result.Problem?.Code,
        problem = result.Problem?.Message,
        remedy = result.Problem?.Remedy,
        warnings = result.Warnings.Select(warning => warning.Message),
    }));
}
