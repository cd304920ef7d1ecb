using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Plugins.Templates;

namespace TfgridCompose.Cli.Verbs.Authoring;

/// <summary>Writes the same files as <c>dotnet new tfgrid-pattern</c>, without an installed template.</summary>
internal static class PatternsNewVerb
{
    public static Task<int> RunAsync(PatternsNewOptions options, VerbContext context, CancellationToken cancellation)
    {
        var template = PatternTemplate.OfKind(options.Kind);
        var names = TemplateNames.Of(options.Project, options.PatternName);
        string folder = Path.GetFullPath(options.Directory ?? names.Project, context.Here.CurrentFolder);
        IReadOnlyList<string> files = template.Write(folder, names);
        context.Streams.Error.WriteLine($"wrote {files.Count} files of the pattern {names.Pattern}; next:\n  cd {folder}");
        foreach (string command in Next(options.Kind, names))
        {
            context.Streams.Error.WriteLine($"  {command}");
        }

        context.Streams.Out.WriteLine(folder);
        return Task.FromResult(0);
    }

    private static string[] Next(string kind, TemplateNames names) => kind == "folder"
        ? [$"{Product.Name} patterns test .", $"{Product.Name} patterns pack ."]
        : ["dotnet test", "dotnet pack --output packages", $"{Product.Name} patterns install {names.Project} --source packages"];
}
