using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>Loads a plugin and calls every member that needs no deployment. Its code runs in this process.</summary>
public static class PatternInspection
{
    /// <summary>Throws what the plugin lacks, as <c>up</c> would.</summary>
    public static void Run(PatternCatalogEntry entry)
    {
        IPattern pattern = PatternHost.Load(entry);
        PatternDeclaration declaration = pattern.Declaration;
        _ = pattern.Failure;
        foreach (PatternFile file in pattern.Files)
        {
            file.Open().Dispose();
        }

        if (!pattern.Files.Any(file => file.Path == PatternYaml.MainFile))
        {
            throw new DiagnosticException(
                ExitCode.Pattern, PatternCodes.NoFiles, $"The plugin '{entry.Name}' brings no {PatternYaml.MainFile}", "tell the plugin's author, or install another version");
        }

        // Its problems are answers: an option without a default may be needed. That it answers is what counts.
        var nothing = new LocatedMap([], new SourceLocation("", 1, 1));
        _ = pattern.Topology(new TopologyRequest { AppName = entry.Name, Options = OptionBinder.Bind(nothing, declaration).Options });
    }
}
