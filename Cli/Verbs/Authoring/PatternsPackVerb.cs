using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Authoring;

internal static class PatternsPackVerb
{
    public static Task<int> RunAsync(PatternsPackOptions options, VerbContext context, CancellationToken cancellation)
    {
        (string package, IReadOnlyList<Diagnostic> warnings) = PatternPackager.Pack(new PackRequest
        {
            Folder = Path.GetFullPath(options.Folder, context.Here.CurrentFolder),
            Target = Path.GetFullPath(options.To, context.Here.CurrentFolder),
            PackageId = options.PackageId,
            Author = options.Author,
        });
        foreach (Diagnostic warning in warnings)
        {
            context.Here.Events.Emit(new DiagnosticRaised(warning));
        }

        context.Streams.Out.WriteLine(context.Global.Json ? JsonSerializer.Serialize(new { package }) : package);
        return Task.FromResult(0);
    }
}
