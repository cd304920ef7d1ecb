using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Plugins.Catalog;

namespace TfgridCompose.Cli.Verbs.Authoring;

internal static class PatternsTestVerb
{
    public static async Task<int> RunAsync(PatternsTestOptions options, VerbContext context, CancellationToken cancellation)
    {
        var request = new ConformanceRequest
        {
            Pattern = Find(options.Pattern, context),
            Samples = [.. options.Sample.Select(folder => Path.GetFullPath(folder, context.Here.CurrentFolder))],
            Skip = [.. options.Skip],
            DeployAll = options.AllSamples,
        };
        var run = new ConformanceRun(context.Here, result => Show(result, context));
        ConformanceReport report = await run.RunAsync(request, cancellation);
        context.Streams.Out.Write(context.Global.Json ? ConformanceView.Json(report) : ConformanceView.Summary(report));
        return report.Passes(options.RequireAll) ? 0 : (int)ExitCode.Pattern;
    }

    private static void Show(CheckResult result, VerbContext context)
    {
        if (!context.Global.Json)
        {
            context.Streams.Out.Write(ConformanceView.Text(result));
        }
    }

    // A bare word is first taken as a name, because a folder of that name may be here by chance.
    private static PatternCatalogEntry Find(string pattern, VerbContext context)
    {
        var catalog = PluginCatalog.Scan(context.Here.PluginRoots);
        if (!pattern.Contains('/') && catalog.TryFind(pattern, out PatternCatalogEntry? entry))
        {
            return entry;
        }

        string folder = Path.GetFullPath(pattern, context.Here.CurrentFolder);
        return Directory.Exists(folder) ? PluginCatalog.Open(folder) : throw new DiagnosticException(
            ExitCode.Usage,
            ConformanceCodes.NothingToTest,
            $"'{pattern}' is neither a folder nor the name of a pattern.",
            $"name a built pattern's folder (bin/Release/net10.0), or a pattern that `{Product.Name} patterns list` shows");
    }
}
