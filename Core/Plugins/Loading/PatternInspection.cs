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
    /// <summary>Throws the plugin's problem, as <c>up</c> would.</summary>
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
                ExitCode.Pattern,
                PatternCodes.NoFiles,
                $"The plugin '{entry.Name}' does not contain {PatternYaml.MainFile}",
                "tell the plugin's author, or install another version");
        }

        // Problems are a valid answer, because an option without a default may be required. Only exceptions count.
        var nothing = new LocatedMap([], new SourceLocation("", 1, 1));
        _ = pattern.Topology(new TopologyRequest
        {
            AppName = entry.Name,
            Options = OptionBinder.Bind(nothing, declaration).Options,
        });
    }
}
