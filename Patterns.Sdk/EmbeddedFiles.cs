using System.Reflection;

namespace TfgridCompose.Patterns.Sdk;

/// <summary>The files that the SDK's build targets embed into a pattern's assembly.</summary>
public static class EmbeddedFiles
{
    private const string Prefix = "pattern/";

    /// <summary>Every embedded pattern file of an assembly, ordered by path.</summary>
    public static IReadOnlyList<PatternFile> Of(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new PatternFile(name[Prefix.Length..], () => Open(assembly, name))),
    ];

    private static Stream Open(Assembly assembly, string name) =>
        assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException(
            $"{assembly.GetName().Name} lists the resource {name} but does not contain it.");
}
