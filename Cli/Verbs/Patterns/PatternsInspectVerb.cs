using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Cli.Verbs.Patterns;

/// <summary>What <c>patterns verify</c> runs in a separate process for each plugin.</summary>
internal static class PatternsInspectVerb
{
    public static Task<int> RunAsync(PatternFolderOptions options, VerbContext context, CancellationToken cancellation)
    {
        try
        {
            PatternInspection.Run(PluginCatalog.Open(options.Folder));
            context.Streams.Out.WriteLine(PatternVerifier.Passed);
            return Task.FromResult(0);
        }
        catch (DiagnosticException problem)
        {
            context.Streams.Out.WriteLine(PatternVerifier.Answer(problem.Diagnostics[0]));
            return Task.FromResult((int)problem.ExitCode);
        }
    }
}
