using TfgridCompose.Cli.Listing;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;

namespace TfgridCompose.Cli.Verbs.Patterns;

/// <summary>Answers from descriptors and READMEs; no pattern's assembly is loaded.</summary>
internal static class PatternsVerb
{
    public static Task<int> ListAsync(NoOptions options, VerbContext context, CancellationToken cancellation)
    {
        context.Streams.Out.Write(PatternTable.Of(context.Here.PluginRoots, context.Here.Home.VerifiedPatterns, context.Global.Json));
        return Task.FromResult(0);
    }

    public static Task<int> ShowAsync(PatternNameOptions options, VerbContext context, CancellationToken cancellation)
    {
        PatternCatalogEntry entry = PluginCatalog.Scan(context.Here.PluginRoots).Require(options.Pattern);
        if (context.Global.Json)
        {
            context.Streams.Out.WriteLine(entry.Kind == PatternKind.Folder
                ? PatternPage.Json(entry)
                : PlainFile.ReadText(entry.DescriptorPath));
            return Task.FromResult(0);
        }

        string readme = Path.Combine(entry.Folder, "README.md");
        string page = File.Exists(readme) ? PlainFile.ReadText(readme) : PatternPage.Text(entry.Declaration);
        string head = $"{entry.Name} {entry.Descriptor?.Version}: {entry.Descriptor?.Description}";
        context.Streams.Out.Write(PlainText.Lines($"{head}\n\n{page}"));
        return Task.FromResult(0);
    }
}
